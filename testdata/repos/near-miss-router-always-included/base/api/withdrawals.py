from fastapi import APIRouter

from api.bank import send_payout

router = APIRouter()


@router.post("/withdrawals")
def withdraw(account: str, amount: int):
    send_payout(account, amount)
    return {"ok": True}
