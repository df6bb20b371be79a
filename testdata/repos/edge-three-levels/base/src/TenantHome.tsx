import { useBooleanFlagValue } from '@openfeature/react-sdk';
import { RentBox } from './rent/RentBox';

export function TenantHome({ tenant }: { tenant: Tenant }) {
  const payOnline = useBooleanFlagValue('online-rent', false);
  if (!payOnline) {
    return <p>Please pay by standing order.</p>;
  }
  return <RentBox tenant={tenant} />;
}
