import stripe


def charge_penalty(loan):
    stripe.Charge.create(customer=loan.customer, amount=2500 + loan.days_late * 100)


def remind(loan):
    loan.reminders += 1
