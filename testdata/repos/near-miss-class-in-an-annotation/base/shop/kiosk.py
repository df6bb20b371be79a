from waffle import switch_is_active
from shop.schemas import RefundRequest
def kiosk(o):
    if switch_is_active("kiosk"):
        send(RefundRequest(charge=o.charge, amount=o.amount))
