import waffle


def finish(order):
    order.close()
    try:
        if waffle.switch_is_active("thanks"):
            thank(order)
    except ValueError:
        logger.exception("could not thank")
