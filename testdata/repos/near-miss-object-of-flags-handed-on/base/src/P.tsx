import { useFlags } from 'launchdarkly-react-client-sdk';
export const P = () => {
  return <div><Old /></div>;
};
