import stripe


def charge_late_fee(loan):
    weeks = loan.days_late // 7
    stripe.Charge.create(customer=loan.member, amount=weeks * 150)
