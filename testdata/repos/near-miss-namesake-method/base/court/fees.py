import stripe


def refund_fee(case, guard):
    if guard.allows("fee-refund"):
        stripe.Refund.create(charge=case.charge)
