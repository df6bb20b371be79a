import { useFlags } from 'launchdarkly-react-client-sdk';
import { placeOrder } from '../api/orders';

export function CheckoutPage({ cart }: { cart: Cart }) {
  const { savedCards, guestCheckout } = useFlags();
  return (
    <form>
      {savedCards && <SavedCards owner={cart.owner} />}
      <button onClick={() => placeOrder(cart)}>Order</button>
      {guestCheckout && <button onClick={() => placeOrder({ ...cart, owner: null })}>Order as a guest</button>}
    </form>
  );
}
