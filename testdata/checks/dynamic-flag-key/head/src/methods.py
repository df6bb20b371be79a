import waffle

PREFIX = "pay_by_"


def pay_by(request, method):
    if waffle.flag_is_active(request, f"pay_by_{method}"):  #~ dynamic-flag-key
        return 1
    if waffle.flag_is_active(request, "pay_by_%s" % method):  #~ dynamic-flag-key
        return 2
    if waffle.flag_is_active(request, "pay_by_{}".format(method)):  #~ dynamic-flag-key
        return 3
    if waffle.flag_is_active(request, "pay_by_card"):
        return 4
    return 0


def is_on(request, name):
    return waffle.flag_is_active(request, name)
