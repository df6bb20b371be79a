from waffle import switch_is_active


def ways(order):
    ways = ["cash"]
    if switch_is_active("pay_by_invoice"):
        ways.append("invoice")
    return ways
