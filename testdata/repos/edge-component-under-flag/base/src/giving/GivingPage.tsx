import { useFlag } from '@unleash/proxy-client-react';
import { DonationForm } from './DonationForm';

export default function GivingPage({ page }: { page: Page }) {
  const canDonate = useFlag('donations');
  return (
    <main>
      <h1>{page.title}</h1>
      {canDonate ? <DonationForm secret={page.secret} /> : null}
    </main>
  );
}
