from rest_framework.response import Response
from rest_framework.views import APIView
from waffle import flag_is_active

from shop.bank import bank


class TipView(APIView):
    def post(self, request):
        if flag_is_active(request, "tips"):
            self._pay_out_tip(request)
        return Response({})

    def _pay_out_tip(self, request):
        bank.create_payout(request.data["iban"], int(request.data["tip"]))
