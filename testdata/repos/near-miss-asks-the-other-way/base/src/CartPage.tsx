import { TipBanner } from './TipBanner';
import { Cart } from './Cart';

export function CartPage({ cart }: { cart: Basket }) {
  return (
    <main>
      <Cart cart={cart} />
    </main>
  );
}
