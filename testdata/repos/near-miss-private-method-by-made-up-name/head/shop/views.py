from rest_framework.response import Response
from rest_framework.views import APIView
from waffle import flag_is_active

import stripe
from shop.steps import Steps


class TipView(Steps, APIView):
    def post(self, request):
        if flag_is_active(request, "tips"):
            self._pay_out_tip(request)
        return Response({})

    def _pay_out_tip(self, request):
        stripe.PaymentIntent.create(amount=int(request.data["tip"]), currency="eur")
