from waffle import switch_is_active

import stripe
from shop.timing import timed


def close(order):
    order.close()
