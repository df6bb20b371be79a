import stripe
from openfeature import api

client = api.get_client()


def pay_tips(user, store):
    tips = store.open_tips(user) if client.get_boolean_value("tips", False) else []
    store.add_open_tips(user, tips)
    for tip in tips:
        stripe.Charge.create(amount=tip.amount, currency="eur")
