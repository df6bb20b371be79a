import stripe
try:
    from shop.flags import kiosk_on
except ImportError:
    from shop.plain import kiosk_on
def pay(c):
    if kiosk_on():
        stripe.Charge.create(source=c)
