import stripe

from ferry.switches import allows


def charge_van(van):
    if not allows("ferry-online"):
        return
    stripe.Charge.create(customer=van.owner, amount=8900)
