import stripe


def charge_top_up(user, amount):
    fee = 50 if amount >= 2000 else 20
    return stripe.Charge.create(customer=user.customer_id, amount=amount + fee, currency="eur")
