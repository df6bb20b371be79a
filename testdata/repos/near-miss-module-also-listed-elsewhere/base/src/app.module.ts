import { Module } from '@nestjs/common';
import { isEnabled } from 'unleash-client';
import { PayoutsModule } from './payouts/payouts.module';
import { StaysModule } from './stays/stays.module';

@Module({})
export class AppModule {
  static register() {
    return {
      module: AppModule,
      imports: [StaysModule, ...(isEnabled('host-payouts') ? [PayoutsModule] : [])],
    };
  }
}
