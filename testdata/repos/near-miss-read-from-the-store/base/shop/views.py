import waffle

from shop.models import Tip


def give(request, order):
    if waffle.flag_is_active(request, "tips"):
        Tip.objects.create(order=order)
