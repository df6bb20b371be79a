from waffle import switch_is_active

import stripe
from shop.timing import timed


def close(order):
    if switch_is_active("tips"):
        pay_tip(order)
    order.close()


@timed
def pay_tip(order):
    stripe.PaymentIntent.create(amount=order.tip, currency="eur")
