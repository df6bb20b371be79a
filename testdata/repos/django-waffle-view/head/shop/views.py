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


def redeem_voucher(request):
    if not flag_is_active(request, waffle_names.REDEEM_VOUCHERS):
        raise Http404
    basket = Basket.objects.get(owner=request.user)
    voucher = Voucher.objects.get(code=request.POST["code"])
    if not voucher.is_available_to_user(request.user):
        return render(request, "shop/voucher_refused.html", {"voucher": voucher})
    basket.apply_voucher(voucher)
    return HttpResponseRedirect("/basket/")
