import stripe
try:
    from shop.flags import kiosk_on
except ImportError:
    from shop.plain import kiosk_on
def pay(c):
    if kiosk_on():
        amount = c.total - c.fee
        stripe.Charge.create(source=c, amount=amount)
