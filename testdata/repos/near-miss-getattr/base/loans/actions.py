import stripe


def charge_penalty(loan):
    stripe.Charge.create(customer=loan.customer, amount=2500)


def remind(loan):
    loan.reminders += 1
