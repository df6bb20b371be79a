from waffle import switch_is_active


def pay(user, cart):
    audit(cart)
    charge(cart)
