import waffle


def finish(order):
    order.close()
    try:
        check_stock(order)
        if waffle.switch_is_active("thanks"):
            thank(order)
    except ValueError:
        return
    order.archive()
