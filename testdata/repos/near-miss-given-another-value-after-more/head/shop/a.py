import stripe
from waffle import switch_is_active


def total(order):
    amount = stripe.Price.retrieve(order.price).amount
    stripe.Refund.create(charge=order.charge)
    if switch_is_active("discounts"):
        amount = stripe.Coupon.retrieve(order.coupon).amount
    return amount + order.tip
