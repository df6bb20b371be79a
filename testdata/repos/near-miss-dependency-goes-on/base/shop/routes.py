import stripe
from fastapi import APIRouter, Depends

from shop.flags import require_tips

router = APIRouter()


@router.get("/basket")
def basket():
    return {}
