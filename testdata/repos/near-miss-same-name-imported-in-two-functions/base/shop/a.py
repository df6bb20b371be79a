import stripe
def show(c):
    from shop.flags import kiosk_on
    return kiosk_on()
def pay(c):
    from shop.plain import kiosk_on
    if kiosk_on():
        stripe.Charge.create(source=c)
