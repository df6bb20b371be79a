from waffle import switch_is_active


def pay(user, cart):
    if switch_is_active("strict"):
        check_permission(user)
    return charge(cart)
