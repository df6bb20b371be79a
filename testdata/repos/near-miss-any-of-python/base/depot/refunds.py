import stripe

from depot.access import may_refund


def refund_parcel(request, parcel):
    if not may_refund(request):
        return
    stripe.Refund.create(charge=parcel.charge, amount=parcel.price // 2)
