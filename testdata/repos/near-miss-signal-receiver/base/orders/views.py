from django.http import HttpResponse
from waffle import flag_is_active

from orders.models import Order
from orders.signals import settle_refund


def settle(request, order_id):
    if flag_is_active(request, "settle_by_hand"):
        settle_refund(Order, Order.objects.get(id=order_id))
    return HttpResponse(status=204)
