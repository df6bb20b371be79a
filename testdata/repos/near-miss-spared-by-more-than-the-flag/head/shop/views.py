from waffle import switch_is_active


def pay(user, cart):
    if not switch_is_active("all") and not user.is_staff:
        audit(cart)
    charge(cart)
