from waffle import switch_is_active
from .prompts import ShopPrompts


def sold_out():
    return ShopPrompts.OPEN


def place(order):
    order.place()
