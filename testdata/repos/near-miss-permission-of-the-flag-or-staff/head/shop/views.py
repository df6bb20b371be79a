from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

import stripe
from shop.permissions import HasPayouts


class PayoutView(APIView):
    permission_classes = [IsAuthenticated, HasPayouts]

    def post(self, request):
        stripe.PaymentIntent.create(amount=int(request.data["amount"]), currency="eur")
        return Response({})
