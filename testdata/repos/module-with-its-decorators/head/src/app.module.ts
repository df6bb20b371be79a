import { Module } from '@nestjs/common';
import configuration from './configuration';
import { PointsModule } from './points.controller';
import { StaysModule } from './stays.module';

@Module({})
export class AppModule {
  static register() {
    const { loyalty: isLoyaltyOn } = configuration()['features'];
    return { module: AppModule, imports: [StaysModule, ...(isLoyaltyOn ? [PointsModule] : [])] };
  }
}
