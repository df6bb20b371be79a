import stripe
def run(order):
    amount = order.total - order.fee
    stripe.Refund.create(charge=order.charge, amount=amount)
