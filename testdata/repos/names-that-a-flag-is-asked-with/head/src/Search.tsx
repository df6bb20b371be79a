import { notFound } from 'next/navigation';
import { cookies } from './cookies';
import { FeatureFlags } from './features';
import { Results } from './Results';

export async function Search({ query }) {
  const store = cookies();
  const reader = store.reader;
  const features = new FeatureFlags(store);
  if (!features.isFeatureEnabled('search', reader)) {
    return notFound();
  }
  return <Results query={query} />;
}
