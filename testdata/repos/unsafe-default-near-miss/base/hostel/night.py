import stripe

from hostel.switches import allows


def charge_night(stay):
    stripe.Charge.create(customer=stay.guest, amount=stay.rate)
