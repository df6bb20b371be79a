from waffle import flag_is_active


def may_refund(request):
    return any([request.user.is_staff, flag_is_active(request, "parcel_refunds")])
