from waffle import switch_is_active


def pay(user, cart):
    errors = []
    if cart.total > 100:
        errors.append("too much")
    if errors:
        return errors
    return charge(cart)
