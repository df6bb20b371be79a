import { isEnabled } from 'unleash-client';
import { notFound } from 'next/navigation';
import { TipsProvider } from './context/TipsProvider';

export default async function Layout({ children }) {
  if (!isEnabled('tips')) {
    notFound();
  }
  return <TipsProvider>{children}</TipsProvider>;
}
