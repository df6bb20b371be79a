from typing import Annotated

from fastapi import APIRouter, Depends

from shop.deps import require_gift_cards

router = APIRouter()


@router.get("/gift-cards")
def cards(allowed: Annotated[None, Depends(require_gift_cards)]):
    return load_cards()
