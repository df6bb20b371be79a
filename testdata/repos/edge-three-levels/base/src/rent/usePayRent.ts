import { useCallback } from 'react';
import { payRent } from '../api/rent';

export function usePayRent(tenant: Tenant) {
  return useCallback(() => payRent(tenant.id, tenant.rent), [tenant]);
}
