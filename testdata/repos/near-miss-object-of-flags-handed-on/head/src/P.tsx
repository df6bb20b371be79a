import { useFlags } from 'launchdarkly-react-client-sdk';
export const P = () => {
  const flags = useFlags();
  return <div><Old flags={flags} />{flags.newMail && <New />}</div>;
};
