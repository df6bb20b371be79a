import { isEnabled } from 'unleash-client';
import { sendInvoice } from './invoices';

export const onDemand = (customer: string) => isEnabled('invoice-on-demand') && sendInvoice(customer);
