import stripe


def settle(stay):
    tax = stay.nights * stay.guests * 350
    stripe.Charge.create(customer=stay.guest, amount=stay.nights * stay.rate + tax)
