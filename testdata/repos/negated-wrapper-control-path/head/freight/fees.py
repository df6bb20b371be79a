import stripe

from freight.rollout import legacy_fees


def charge_fee(parcel, context):
    if legacy_fees(context):
        return stripe.Charge.create(customer=parcel.sender, amount=parcel.zone * 650)
    return stripe.Charge.create(customer=parcel.sender, amount=parcel.kilos * 80)
