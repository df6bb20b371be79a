from fastapi import HTTPException

from shop.flags import is_feature_enabled


def require_gift_cards():
    if not is_feature_enabled("gift_cards"):
        raise HTTPException(status_code=404)
