from fastapi import APIRouter

from api.store import reports

router = APIRouter()


@router.get("/reports/{report_id}")
async def read_report(report_id: str):
    return await reports.find(report_id)


@router.post("/reports/{report_id}/export")
async def export_report(report_id: str, format: str = "csv"):
    report = await reports.find(report_id)
    columns = [column for column in report.columns if not column.hidden]
    lines = [",".join(column.title for column in columns)]
    for row in report.rows:
        values = [str(row.get(column.name, "")) for column in columns]
        lines.append(",".join(values))
    if format == "tsv":
        lines = [line.replace(",", "\t") for line in lines]
    body = "\n".join(lines)
    export = await reports.store_export(report_id, format, body)
    return {"export": export.id, "rows": len(report.rows)}
