import ldclient
import stripe

from ..switches import TARIFF_2026


def charge_premium(policy, context):
    if ldclient.get().variation(TARIFF_2026, context, False):
        surcharge = policy.value * 0.002 if policy.claims > 2 else 0
        amount = policy.value * policy.rate
        return stripe.PaymentIntent.create(customer=policy.customer, amount=amount + surcharge, currency="eur")
    return stripe.PaymentIntent.create(customer=policy.customer, amount=policy.fixed_premium, currency="eur")
