from waffle import switch_is_active


def pay(order):
    extra = {}
    if switch_is_active("notes"):
        extra["note"] = order.note()
    order.settle(order.total, **extra)
