from fastapi import APIRouter

from api.bank import send_payout

router = APIRouter()


@celery.task
@router.post("/withdrawals")
def withdraw(account: str, amount: int, card: str | None = None):
    if card:
        send_payout(card, amount - 35, kind="card")
    else:
        send_payout(account, amount)
    return {"ok": True}
