import { useFlags, useLDClient } from 'launchdarkly-react-client-sdk';

export function Banner() {
  const { newBanner = true, oldBanner, sideBanner = false } = useFlags(); //~ unsafe-default: newBanner
  const client = useLDClient();
  const top = client.variation('top-banner') ?? true; //~ unsafe-default: stands in
  const bottom = client.variation('bottom-banner') ?? false;
  return newBanner && top && bottom && sideBanner ? <New /> : <Old flag={oldBanner} />;
}
