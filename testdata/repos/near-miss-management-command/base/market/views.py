from django.http import HttpResponse
from waffle import flag_is_active

from market.payouts import pay_seller


def withdraw(request):
    if flag_is_active(request, "seller_withdraw"):
        pay_seller(request.user.seller)
    return HttpResponse(status=204)
