from waffle import switch_is_active
from .messages import ShopMessages


def sold_out():
    return ShopMessages.SOLD_OUT


def place(order):
    order.place()
