from django.http import Http404, JsonResponse
from django.views.generic import ListView, View
from waffle import flag_is_active

import stripe
from shop.models import Payout


class BasketView(View):
    def get(self, request):
        return JsonResponse({"total": request.session["total"]})
