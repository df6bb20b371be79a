"""Finds what a customer has at the payment provider."""


def find(customer, wanted):
    first = None
    for subscription in customer.list():
        if first is None:
            first = subscription  #~ area payments:critical
    return first


def spelled(word):
    return word.strip()


def give(form):
    if form.donation_amount and form.donation_choices:  #~ area payments
        raise ValueError("one of them")


PRICES = {"team": "price_1MlY9yGlVGuVgOrkHluurBtJ"}  #~ area payments

NAMES = {"team": "price_of_a_team"}


def key_of(country, keys):
    stripe_public_key = keys[country]  #~ area payments
    return stripe_public_key
