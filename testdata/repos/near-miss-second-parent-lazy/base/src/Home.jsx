import { useFlags } from 'launchdarkly-react-client-sdk';
import TopUp from './wallet/TopUp';

export function Home({ wallet }) {
  const { topUpAtHome } = useFlags();
  return <main>{topUpAtHome && <TopUp wallet={wallet} />}</main>;
}
