import stripe


def charge_old_fee(order):
    stripe.Charge.create(customer=order.payer, amount=40)
