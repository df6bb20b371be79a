from waffle import switch_is_active


def thank(order):
    if not switch_is_active("thanks"):
        return
    order.owner.email("Thank you", order.total)
