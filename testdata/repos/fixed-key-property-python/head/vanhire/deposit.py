import stripe

from vanhire.switches import Switches

switches = Switches()


def take_deposit(hire):
    if switches.risk_deposit:
        share = 5 if hire.driver_age > 25 else 10
        return stripe.PaymentIntent.create(customer=hire.customer, amount=hire.value * share // 100, currency="gbp")
    return stripe.PaymentIntent.create(customer=hire.customer, amount=20000, currency="gbp")
