import stripe

from ferry.switches import allows


def charge_van(van):
    if not allows("ferry-online"):
        return
    if allows("van-by-length"):
        stripe.Charge.create(customer=van.owner, amount=1500 * van.metres)
        return
    stripe.Charge.create(customer=van.owner, amount=8900)
