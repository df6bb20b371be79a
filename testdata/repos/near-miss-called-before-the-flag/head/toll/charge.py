import stripe


def charge_toll(truck):
    stripe.Charge.create(customer=truck.owner, amount=400 * truck.axles)
