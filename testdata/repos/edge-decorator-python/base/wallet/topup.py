import stripe


def charge_top_up(user, amount):
    return stripe.Charge.create(customer=user.customer_id, amount=amount + 50, currency="eur")
