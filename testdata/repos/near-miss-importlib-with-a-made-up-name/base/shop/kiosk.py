from waffle import switch_is_active
from shop.actions.refund import run
def kiosk(order):
    if switch_is_active("kiosk"):
        run(order)
