import stripe

from visa.switches import allows


def refund_fee(application):
    if allows("refund-" + application.country.lower()):
        stripe.Refund.create(charge=application.charge)
    application.closed = True
