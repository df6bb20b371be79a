import stripe

from venue import rollout


def cancel_booking(booking):
    if rollout.full_refunds():
        stripe.Refund.create(charge=booking.charge, amount=booking.price + booking.cleaning // 2)
        booking.close()
        return
    stripe.Refund.create(charge=booking.charge, amount=booking.price - booking.fee)
    booking.close()
