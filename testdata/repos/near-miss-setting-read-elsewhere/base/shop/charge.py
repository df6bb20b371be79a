import stripe
from django.conf import settings
from openfeature import api

client = api.get_client()


def charge(user, amount):
    if client.get_boolean_value("limits", False):
        amount = min(amount, 100)
    return stripe.Charge.create(amount=amount)
