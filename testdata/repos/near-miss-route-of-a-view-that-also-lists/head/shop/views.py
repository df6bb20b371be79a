from django.http import Http404, JsonResponse
from django.views.generic import ListView, View
from waffle import flag_is_active

import stripe
from shop.models import Payout


class BasketView(View):
    def get(self, request):
        return JsonResponse({"total": request.session["total"]})


class PayoutView(ListView):
    model = Payout

    def post(self, request):
        if not flag_is_active(request, "payouts"):
            raise Http404
        stripe.PaymentIntent.create(amount=int(request.POST["amount"]), currency="eur")
        return JsonResponse({})
