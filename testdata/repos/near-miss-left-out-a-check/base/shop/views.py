from waffle import switch_is_active


def pay(user, cart):
    check_permission(user)
    return charge(cart)
