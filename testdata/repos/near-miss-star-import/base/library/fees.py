import stripe


def charge_late_fee(loan):
    stripe.Charge.create(customer=loan.member, amount=loan.days_late * 20)
