import { Order } from './order';
import { isEnabled } from 'unleash-client';
app.get('/x', (req: any) => {
  const order = new Order();
  if (isEnabled('kiosk')) log(order.toJSON());
  return JSON.stringify(order);
});
