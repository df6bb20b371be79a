from fastapi import APIRouter

from api.store import reports

router = APIRouter()


@router.get("/reports/{report_id}")
async def read_report(report_id: str):
    return await reports.find(report_id)
