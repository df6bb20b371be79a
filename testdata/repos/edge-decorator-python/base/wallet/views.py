from django.http import JsonResponse
from waffle.decorators import waffle_flag

from wallet.topup import charge_top_up


@waffle_flag("wallet_top_up")
def top_up(request):
    charge = charge_top_up(request.user, int(request.POST["amount"]))
    return JsonResponse({"charge": charge.id})
