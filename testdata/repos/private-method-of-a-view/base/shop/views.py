from rest_framework.response import Response
from rest_framework.views import APIView
from waffle import flag_is_active

import stripe


class TipView(APIView):
    def post(self, request):
        return Response({})
