import waffle


def rows(request):
    if waffle.flag_is_active(request, "rows"):
        if waffle.flag_is_active(request, "rows"):
            return 1
    return 0
