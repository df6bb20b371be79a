import stripe


def cancel_show(show):
    for charge in show.charges:
        stripe.Refund.create(charge=charge)
