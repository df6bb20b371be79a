import stripe


def totals(cart, with_tips=False):
    if cart.is_open:
        return totals(cart, True)
    return cart.total
