import ldclient
import stripe

from ..switches import TARIFF_2026


def charge_premium(policy, context):
    if ldclient.get().variation(TARIFF_2026, context, False):
        amount = policy.value * policy.rate
        return stripe.PaymentIntent.create(customer=policy.customer, amount=amount, currency="eur")
    return stripe.PaymentIntent.create(customer=policy.customer, amount=policy.fixed_premium, currency="eur")
