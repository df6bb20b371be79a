import stripe


def charge(tip):
    return stripe.Charge.create(amount=tip.amount, currency="eur")
