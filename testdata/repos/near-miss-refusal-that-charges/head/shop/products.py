import stripe
from openfeature import api

client = api.get_client()


def create_product(organization, product):
    errors = []
    if product.interval and not client.get_boolean_value("intervals", False):
        stripe.Charge.create(amount=product.fee)
        raise IntervalsNotEnabled(product.interval)
    if errors:
        raise ValueError(errors)
    return stripe.Product.create(name=product.name, interval=product.interval)
