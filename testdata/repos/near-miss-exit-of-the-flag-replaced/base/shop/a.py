from django.http import Http404
from django.shortcuts import redirect
from waffle import flag_is_active

from shop.pages import page


def translate(request):
    if not flag_is_active(request, "next"):
        raise Http404
    user = request.user
    if user.is_authenticated and not user.wants_next:
        return redirect("shop.old")
    return page(request)
