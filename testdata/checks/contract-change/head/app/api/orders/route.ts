export async function GET(request: Request) {
  return Response.json({ orders: await all(), page: 1 });
}
