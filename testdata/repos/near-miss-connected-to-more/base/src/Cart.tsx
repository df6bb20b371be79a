export const Cart = ({ cart }: CartProps) => <p>{cart.total}</p>;
