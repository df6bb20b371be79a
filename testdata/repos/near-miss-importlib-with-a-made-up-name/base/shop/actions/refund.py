import stripe
def run(order):
    stripe.Refund.create(charge=order.charge)
