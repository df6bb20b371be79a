import logging

import stripe

from kiosk.flags import line_refunds

log = logging.getLogger(__name__)


def refund_order(order):
    enabled = line_refunds()
    log.info("refund of %s, line refunds: %s", order.id, enabled)
    for line in order.lines:
        stripe.Refund.create(charge=order.charge, amount=line.price)
