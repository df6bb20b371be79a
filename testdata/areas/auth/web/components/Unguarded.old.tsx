import { Card, RestrictedRoute } from "./layout";

export function OrdersPage({ orders }) {
  return (
    <RestrictedRoute requires="signed-in"> {/* ~ area auth */}
      <Card>{orders.length}</Card>
    </RestrictedRoute>
  );
}
