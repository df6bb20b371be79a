from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from waffle import flag_is_active

from shop import waffle_names
from shop.models import Basket, Voucher


def basket_summary(request):
    basket = Basket.objects.get(owner=request.user)
    context = {"basket": basket}
    if flag_is_active(request, waffle_names.GIFT_MESSAGE):
        context["gift"] = basket.gift_message
    return render(request, "shop/basket.html", context)
