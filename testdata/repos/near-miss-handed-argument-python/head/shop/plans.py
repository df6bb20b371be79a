import stripe


def totals(cart, with_tips=False):
    if with_tips:
        stripe.Charge.create(amount=cart.tip)
    return cart.total
