from functools import lru_cache

from waffle import switch_is_active


@lru_cache(maxsize=1)
def full_refunds():
    return switch_is_active("full_refunds")
