import stripe
from django.http import JsonResponse

from vouchers.models import Voucher


def list_vouchers(request):
    return JsonResponse({"vouchers": list(Voucher.objects.values("code"))})


def sell_voucher(request):
    intent = stripe.PaymentIntent.create(amount=int(request.POST["value"]), currency="eur")
    return JsonResponse({"secret": intent.client_secret})
