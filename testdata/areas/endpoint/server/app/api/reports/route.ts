export async function POST(request: Request) {
  const body = reportSchema.parse(await request.json()); //~ area endpoint:high
  await build(body);
}

function build(body: Report) {
  return layout.parse(body);
}
