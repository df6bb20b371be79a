from waffle import switch_is_active


def pay(user, cart):
    allowed = True
    if switch_is_active("strict"):
        if cart.total > 100:
            allowed = False
    if not allowed:
        raise ValueError("x")
    return charge(cart)
