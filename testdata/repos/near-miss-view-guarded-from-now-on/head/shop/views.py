from django.http import Http404, JsonResponse
from django.views.generic import View
from waffle import flag_is_active

import stripe


class BasketView(View):
    def get(self, request):
        return JsonResponse({"total": request.session["total"]})


class PayoutView(View):
    def post(self, request):
        stripe.PaymentIntent.create(amount=int(request.POST["amount"]) - 2, currency="eur")
        return JsonResponse({})

    def dispatch(self, request, *args, **kwargs):
        if not flag_is_active(request, "payouts"):
            raise Http404
        return super().dispatch(request, *args, **kwargs)
