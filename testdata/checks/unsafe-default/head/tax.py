from openfeature import api

client = api.get_client()


def rate(order):
    if client.get_boolean_value("new-rates", True):  #~ unsafe-default: its default is `true`
        return order.rate * 2
    if client.get_boolean_value("other-rates", False):
        return order.rate * 3
    return order.rate


def is_new_tax():
    try:
        return client.get_boolean_value("new-tax", False)
    except Exception:
        return True  #~ unsafe-default: the handler


def is_other_tax():
    try:
        return client.get_boolean_value("other-tax", False)
    except Exception:
        return False
