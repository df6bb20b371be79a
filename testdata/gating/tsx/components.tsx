// Flags in components: hooks, JSX conditions, flag components.
import { useFlags } from "launchdarkly-react-client-sdk";
import { useFeatureFlagEnabled, PostHogFeature } from "posthog-js/react";

export function Checkout({ cart }: Props) {
  const enabled = useFeatureFlagEnabled("new-checkout");
  if (!enabled) return <OldCheckout cart={cart} />; //~ gated new-checkout=off
  return <NewCheckout cart={cart} />; //~ gated new-checkout=on
}

export function Summary({ cart }: Props) {
  const enabled = useFeatureFlagEnabled("new-summary");
  return (
    <div>
      <Header title="Summary" /> {/*~ ungated */}
      {enabled && <NewSummary cart={cart} />} {/*~ gated new-summary=on */}
      {enabled ? (
        <NewFooter cart={cart} /> //~ gated new-summary=on
      ) : (
        <OldFooter cart={cart} /> //~ gated new-summary=off
      )}
      <PostHogFeature flag="beta-banner" match={true}>
        <Banner cart={cart} /> {/*~ gated beta-banner=on */}
      </PostHogFeature>
    </div>
  );
}

export function Tax({ cart }: Props) {
  const { newTax, oldTax: legacy } = useFlags();
  useEffect(() => {
    if (newTax) {
      loadTax(cart); //~ gated newTax=on
    }
  }, [newTax]);
  const onSubmit = () => {
    if (!newTax) return;
    submitV2(cart); //~ gated newTax=on
  };
  if (legacy) {
    submitLegacy(cart); //~ gated oldTax=on
  }
  return <form onSubmit={onSubmit} />; //~ ungated
}

export function Shops({ shop, others }: Props) {
  const { tipShops, tipVariant } = useFlags();
  if (tipShops.includes(shop.id)) {
    pay(shop); //~ gated tipShops=on
  }
  if (tipShops.includes("*") || tipShops.includes(shop.id)) {
    pay(shop); //~ gated tipShops=on
  }
  if (tipShops.includes(shop.id) || others.includes(shop.id)) {
    pay(shop); //~ ungated
  }
  if (tipVariant.includes("off")) {
    pay(shop); //~ ungated
  }
  return tipShops.concat(others).includes(shop.id) && <Tips />; //~ ungated
}
