import stripe

from freight.rollout import legacy_fees


def charge_fee(parcel, context):
    if legacy_fees(context):
        return stripe.Charge.create(customer=parcel.sender, amount=590)
    kilos = max(parcel.kilos, parcel.litres / 5)
    return stripe.Charge.create(customer=parcel.sender, amount=round(kilos * 80))
