from waffle import switch_is_active

from shop.bank import bank
from shop.timing import timed


def close(order):
    order.close()
