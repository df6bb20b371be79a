import { Cart } from './Cart';
import SoapBanner from './SoapBanner';

export function CartPage({ cart }) {
  return (
    <main>
      <Cart cart={cart} />
      <SoapBanner />
    </main>
  );
}
