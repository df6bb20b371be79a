from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from shop.bank import bank
from shop.permissions import HasPayouts


class PayoutView(APIView):
    permission_classes = [IsAuthenticated, HasPayouts]

    def post(self, request):
        bank.create_payout(request.data["iban"], int(request.data["amount"]))
        return Response({})
