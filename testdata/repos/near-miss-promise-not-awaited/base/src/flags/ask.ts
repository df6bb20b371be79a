import { ld } from './ld';

export async function ask(key: string): Promise<boolean> {
  return ld.variation(key, { kind: 'service', key: 'invoices' }, false);
}
