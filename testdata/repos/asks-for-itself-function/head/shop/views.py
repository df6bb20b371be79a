from django.shortcuts import redirect

from shop.mail import thank


def finish(request, order):
    thank(order)
    return redirect("done")
