import stripe

from cinema import flags


def cancel_show(show):
    if flags.is_on(flags.BULK_REFUNDS):
        for charge in show.charges:
            stripe.Refund.create(charge=charge)
        return
    show.refund_later()
