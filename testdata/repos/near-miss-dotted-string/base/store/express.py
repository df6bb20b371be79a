from waffle import switch_is_active

from store.gateways import capture


def express(order):
    if switch_is_active("express_capture"):
        capture(order)
