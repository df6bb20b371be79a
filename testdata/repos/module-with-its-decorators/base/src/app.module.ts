import { Module } from '@nestjs/common';
import configuration from './configuration';
import { StaysModule } from './stays.module';

@Module({})
export class AppModule {
  static register() {
    return { module: AppModule, imports: [StaysModule] };
  }
}
