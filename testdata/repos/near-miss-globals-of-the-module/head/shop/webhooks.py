import stripe
from waffle import switch_is_active
def on_refund(event):
    amount = event.total - event.fee
    stripe.Refund.create(charge=event.charge, amount=amount)
def dispatch(event):
    globals()["on_" + event.kind](event)
def retry(event):
    if switch_is_active("kiosk"):
        on_refund(event)
