from fastapi import APIRouter, HTTPException

from service.features import feature_flags
from service.ledger import Ledger

router = APIRouter(prefix="/payouts")


@router.get("/{payout_id}")
def read_payout(payout_id: str):
    return Ledger.payout(payout_id)
