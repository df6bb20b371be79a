import { useFlags, useLDClient, withLDConsumer } from "launchdarkly-react-client-sdk";

export function Checkout({ user }: Props) {
  const { newTax, oldBanner: showBanner = true, ...others } = useFlags(); //~ flag launchdarkly newTax name; flag launchdarkly oldBanner default=true name
  const ldClient = useLDClient();
  const price = ldClient?.variation("price-test", "control"); //~ flag launchdarkly price-test default="control"
  return (
    <div>
      {newTax && <Tax />}
      {showBanner && <Banner price={price} user={user} {...others} />}
    </div>
  );
}

export function Account() {
  const flags = useFlags();
  if (flags.newAccount) { //~ flag launchdarkly newAccount value
    return <New beta={flags["beta-account"]} />; //~ flag launchdarkly beta-account value
  }
  const keys = Object.keys(flags);
  return useFlags().compact ? <Compact /> : <Old keys={keys} />; //~ flag launchdarkly compact value
}

export const Plain = withLDConsumer()(({ flags }) => <p>{String(flags)}</p>);
export const Consumer = withLDConsumer()(({ flags }) => <p>{flags.newFooter && <Footer />}</p>); //~ todo flag launchdarkly newFooter
