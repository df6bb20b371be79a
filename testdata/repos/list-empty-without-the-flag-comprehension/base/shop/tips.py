import stripe
from openfeature import api

from shop.charge import charge

client = api.get_client()


def pay_tips(user, store):
    tips = (
        store.open_tips(user)
        if client.get_boolean_value("tips", False)
        else []
    )
    return {charge(tip) for tip in tips}
