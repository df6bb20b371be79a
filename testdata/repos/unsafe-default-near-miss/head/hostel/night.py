import stripe

from hostel.switches import allows


def charge_night(stay):
    if allows("night-fee", True):
        stripe.Charge.create(customer=stay.guest, amount=stay.rate + stay.city_fee)
        return
    stripe.Charge.create(customer=stay.guest, amount=stay.rate)
