import { Module } from '@nestjs/common';
import configuration from './configuration';
import { SessionController } from './session.controller';

@Module({ controllers: [SessionController] })
export class SessionModule {}

@Module({})
export class AppModule {
  static register() {
    const { sessions } = configuration().features;
    return { module: AppModule, imports: sessions ? [SessionModule] : [] };
  }
}
