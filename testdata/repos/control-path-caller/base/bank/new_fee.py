import stripe


def charge_new_fee(order):
    stripe.Charge.create(customer=order.payer, amount=order.amount // 200)
