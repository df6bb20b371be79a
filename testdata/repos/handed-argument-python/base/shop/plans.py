import stripe


def totals(cart, with_tips=False):
    return cart.total
