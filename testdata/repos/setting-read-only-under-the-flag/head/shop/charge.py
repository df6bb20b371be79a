import stripe
from django.conf import settings
from openfeature import api

client = api.get_client()


def charge(user, amount):
    """The exempt stand in CHARGE_EXEMPT_USERS."""
    if client.get_boolean_value("limits", False) and user.id not in getattr(settings, "CHARGE_EXEMPT_USERS", []):
        amount = min(amount, 100)
    return stripe.Charge.create(amount=amount)
