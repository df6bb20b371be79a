from django.shortcuts import redirect

from shop.mail import thank


def finish(request, order):
    order.note = thank(order)
    return redirect("done")
