from waffle import switch_is_active


def pay(order):
    order.settle(order.total)
