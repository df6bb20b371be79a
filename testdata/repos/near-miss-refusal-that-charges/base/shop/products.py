import stripe
from openfeature import api

client = api.get_client()


def create_product(organization, product):
    errors = []
    if errors:
        raise ValueError(errors)
    return stripe.Product.create(name=product.name, interval=product.interval)
