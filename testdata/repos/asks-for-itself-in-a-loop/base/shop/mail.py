import logging

from waffle import switch_is_active

logger = logging.getLogger(__name__)


def thank(order):
    lines = order.lines.all()
    for line in lines:
        try:
            if switch_is_active("thanks"):
                order.owner.email("Thank you", line.total)
        except ValueError:
            logger.exception("no thanks")
