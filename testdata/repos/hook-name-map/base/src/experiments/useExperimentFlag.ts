import { useFlag } from '@openfeature/react-sdk';

const KEYS = {
  halfMonths: 'rent-half-months',
  landlordChat: 'rent-landlord-chat',
} as const;

export function useSwitch(name: keyof typeof KEYS): boolean {
  const { value } = useFlag(KEYS[name], false);
  return value;
}
