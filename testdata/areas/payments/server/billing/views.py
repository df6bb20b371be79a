"""What is charged, in Python."""
import logging

import stripe
from app.models import Order

logger = logging.getLogger(__name__)


def capture(order):
    stripe.Charge.capture(order.charge_id)  #~ area payments:critical


def apply_discount(basket, offer):
    total = basket.total - offer.discount_amount  #~ area payments
    return total


def renew(subscription):
    subscription.billing_cycle = next_month(subscription.billing_cycle)  #~ area payments


def open_orders(owner):
    return Order.objects.filter(owner=owner, closed=False)


def note(order):
    logger.info("captured payment %s", order.charge_id)
