import stripe
from openfeature import api

client = api.get_client()


def pay_tips(user, store):
    tips = store.open_tips(user) if client.get_boolean_value("tips", False) else []
    tips.append(store.last_tip(user))
    for tip in tips:
        stripe.Charge.create(amount=tip.amount)
