from django.conf import settings
from waffle import flag_is_active


def can_withdraw_now(request):
    return settings.PAYOUTS_OPEN and flag_is_active(request, "instant_withdraw") and request.user.verified
