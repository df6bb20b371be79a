import { NextResponse } from 'next/server';
import { listReports } from '@/lib/reports';

export async function GET(request: Request) {
  const page = Number(new URL(request.url).searchParams.get('page') ?? 1);
  const reports = await listReports({ page, size: 20 });
  return NextResponse.json({ reports, page });
}
