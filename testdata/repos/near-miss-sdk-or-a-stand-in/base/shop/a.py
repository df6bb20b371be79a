import stripe
try:
    from waffle import switch_is_active
except ImportError:
    def switch_is_active(name):
        return True
def pay(c):
    if switch_is_active("kiosk"):
        stripe.Charge.create(source=c)
