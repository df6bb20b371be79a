import stripe
from waffle import switch_is_active
def on_refund(event):
    stripe.Refund.create(charge=event.charge)
def dispatch(event):
    globals()["on_" + event.kind](event)
def retry(event):
    if switch_is_active("kiosk"):
        on_refund(event)
