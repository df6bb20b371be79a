import { OpenFeature } from '@openfeature/server-sdk';

const client = OpenFeature.getClient();

export async function totals(orders: Order[], user: User) {
  const sums = [];
  for (const order of orders) {
    const rounded = await client.getBooleanValue('rounded-totals', false, { targetingKey: user.id }); //~ flag-in-hot-loop: `rounded-totals`
    sums.push(rounded ? Math.round(order.total) : order.total);
  }
  for (let i = 0; i < orders.length; i++) {
    if (await client.getBooleanValue('floored-totals', false)) sums[i] = Math.floor(sums[i]); //~ flag-in-hot-loop
  }
  const lines = orders.map((order) => {
    if (client.getBooleanValue('short-lines', false)) return order.id; //~ flag-in-hot-loop
    return `${order.id}: ${order.total}`;
  });
  return { sums, lines };
}

// The context, or the key, belongs to the item.
export async function perItem(orders: Order[]) {
  const kept = orders.filter((order) => client.getBooleanValue('kept-orders', false, { targetingKey: order.userId }));
  for (const { userId: targetingKey } of orders) {
    const context = { targetingKey };
    if (await client.getBooleanValue('mailed-orders', false, context)) await mail(targetingKey);
  }
  for (const tenant of tenants) {
    if (await tenant.flags.getBooleanValue('billed-orders', false)) await bill(tenant);
  }
  return kept;
}

// Once, before the loop.
export async function once(orders: Order[]) {
  const rounded = await client.getBooleanValue('rounded-totals', false);
  return orders.map((order) => (rounded ? Math.round(order.total) : order.total));
}

// Over what the flag chose.
export async function chosen() {
  for (const order of (await client.getBooleanValue('all-orders', false)) ? all() : open()) await send(order);
}

// A worker that has to notice when it is switched off.
export async function work(queue: Queue, batches: Batch[]) {
  while (true) {
    if (await client.getBooleanValue('worker', false)) await queue.next();
  }
}

export async function backfill(batches: Batch[]) {
  for (const batch of batches) {
    if (!(await client.getBooleanValue('backfill', false))) break;
    await fill(batch);
  }
}

// Made in the loop, run some other time.
export function wire(buttons: Button[]) {
  for (const button of buttons) {
    button.onClick(async () => {
      if (await client.getBooleanValue('new-clicks', false)) track(button);
    });
  }
}

// Called once.
export function lazy() {
  return once(() => client.getBooleanValue('lazy-orders', false));
}
