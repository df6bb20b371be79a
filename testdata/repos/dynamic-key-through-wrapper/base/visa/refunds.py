import stripe

from visa.switches import allows


def refund_fee(application):
    application.closed = True
