import { usePayRent } from './usePayRent';

export const RentBox = ({ tenant }: { tenant: Tenant }) => {
  const pay = usePayRent(tenant);
  return <button onClick={pay}>Pay {tenant.rent}</button>;
};
