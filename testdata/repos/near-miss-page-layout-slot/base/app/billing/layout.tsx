import { OpenFeature } from '@openfeature/server-sdk';
import { redirect } from 'next/navigation';

export default async function BillingLayout(props: { children: React.ReactNode }) {
  const isOn = await OpenFeature.getClient().getBooleanValue('billing-page', false);
  if (!isOn) {
    redirect('/');
  }
  return <main>{props.children}</main>;
}
