import waffle


def on_request(request):
    return waffle.flag_is_active(request, "tax_on_request")


def on_invoice(request):
    return waffle.flag_is_active(request, "tax_on_invoice")  #~ flag-still-referenced: only tests still mention it
