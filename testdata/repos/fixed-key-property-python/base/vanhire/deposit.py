import stripe

from vanhire.switches import Switches

switches = Switches()


def take_deposit(hire):
    if switches.risk_deposit:
        return stripe.PaymentIntent.create(customer=hire.customer, amount=hire.value // 10, currency="gbp")
    return stripe.PaymentIntent.create(customer=hire.customer, amount=20000, currency="gbp")
