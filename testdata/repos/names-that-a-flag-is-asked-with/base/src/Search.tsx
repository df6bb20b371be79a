import { notFound } from 'next/navigation';
import { cookies } from './cookies';
import { FeatureFlags } from './features';
import { Results } from './Results';

export async function Search({ query }) {
  return <Results query={query} />;
}
