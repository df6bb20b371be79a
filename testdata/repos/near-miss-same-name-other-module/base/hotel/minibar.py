import stripe


def settle(stay):
    stripe.Charge.create(customer=stay.guest, amount=stay.minibar)
