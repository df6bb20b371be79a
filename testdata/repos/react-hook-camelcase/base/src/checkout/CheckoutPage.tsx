import { useFlags } from 'launchdarkly-react-client-sdk';
import { placeOrder } from '../api/orders';

export function CheckoutPage({ cart }: { cart: Cart }) {
  const { savedCards } = useFlags();
  return (
    <form>
      {savedCards && <SavedCards owner={cart.owner} />}
      <button onClick={() => placeOrder(cart)}>Order</button>
    </form>
  );
}
