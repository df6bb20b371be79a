from django.http import Http404, JsonResponse
from django.views.generic import View
from waffle import flag_is_active

import stripe


class BasketView(View):
    def get(self, request):
        return JsonResponse({"total": request.session["total"]})
