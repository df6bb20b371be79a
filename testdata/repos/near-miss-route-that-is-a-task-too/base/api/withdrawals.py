from fastapi import APIRouter

from api.bank import send_payout

router = APIRouter()


@celery.task
@router.post("/withdrawals")
def withdraw(account: str, amount: int):
    send_payout(account, amount)
    return {"ok": True}
