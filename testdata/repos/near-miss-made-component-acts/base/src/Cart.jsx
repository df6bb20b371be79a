export const Cart = ({ cart }) => <p>{cart.total}</p>;
