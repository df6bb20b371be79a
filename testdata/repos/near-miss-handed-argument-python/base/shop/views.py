from django.shortcuts import render
from waffle import flag_is_active

from shop.plans import totals


def cart_page(request):
    tips = flag_is_active(request, "tips")
    return render(request, "cart.html", {"total": totals(request.cart, with_tips=tips)})


def receipt(request):
    return totals(request.cart, True)
