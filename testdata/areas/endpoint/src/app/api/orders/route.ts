// Next.js, app router.
import { NextResponse } from "next/server";

export async function GET(request: Request) { //~ area endpoint:high
  return NextResponse.json(await list(request));
}

async function list(request: Request) {
  return store.read(request.url);
}
