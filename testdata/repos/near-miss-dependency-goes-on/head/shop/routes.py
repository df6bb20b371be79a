import stripe
from fastapi import APIRouter, Depends

from shop.flags import require_tips

router = APIRouter()


@router.get("/basket")
def basket():
    return {}


@router.post("/tips", dependencies=[Depends(require_tips)])
def tip(amount: int):
    stripe.PaymentIntent.create(amount=amount, currency="eur")
    return {}
