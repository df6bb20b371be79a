import stripe


def totals(cart, with_tips=False):
    if with_tips:
        stripe.Charge.create(amount=cart.tip)
    elif cart.is_open:
        return totals(cart, True)
    return cart.total
