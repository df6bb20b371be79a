import stripe

from bikes.flags import is_on


def charge_return(ride, context):
    hourly = is_on("hourly-late-fee", context)
    hourly = ride.hours_late > 1
    if hourly:
        stripe.Charge.create(customer=ride.customer, amount=round(ride.hours_late) * 200)
