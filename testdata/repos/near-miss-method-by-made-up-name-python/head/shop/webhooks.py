import stripe
from waffle import switch_is_active
class Webhook:
    def dispatch(self, event):
        getattr(self, "on_" + event.kind)(event)
    def on_refund(self, event):
        amount = event.total - event.fee
        stripe.Refund.create(charge=event.charge, amount=amount)
    def retry(self, event):
        if switch_is_active("kiosk"):
            self.on_refund(event)
