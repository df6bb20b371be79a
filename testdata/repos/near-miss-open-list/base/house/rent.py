import stripe

from house.access import allows


def charge_rent(flat):
    if allows("rent-by-area"):
        stripe.Charge.create(customer=flat.tenant, amount=flat.rent)
