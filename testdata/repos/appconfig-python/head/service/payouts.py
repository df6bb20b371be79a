from fastapi import APIRouter, HTTPException

from service.features import feature_flags
from service.ledger import Ledger

router = APIRouter(prefix="/payouts")


@router.get("/{payout_id}")
def read_payout(payout_id: str):
    return Ledger.payout(payout_id)


@router.post("")
def create_payout(account: str, amount: int):
    if not feature_flags.evaluate(name="payouts_api", context={"account": account}, default=False):
        raise HTTPException(status_code=404)
    balance = Ledger.balance(account)
    if amount > balance:
        raise HTTPException(status_code=409, detail="not enough money")
    return Ledger.create_payout(account, amount)
