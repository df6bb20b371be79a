import { Cart } from './Cart';

export function CartPage({ cart }) {
  return (
    <main>
      <Cart cart={cart} />
    </main>
  );
}
