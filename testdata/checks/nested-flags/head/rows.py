import waffle


# As it was before.
def rows(request):
    if waffle.flag_is_active(request, "rows"):
        if waffle.flag_is_active(request, "rows"):
            return 1
    return 0


def columns(request):
    if not waffle.flag_is_active(request, "columns"):
        return 0
    if waffle.flag_is_active(request, "columns"):  #~ nested-flags: asking for it again
        return 1
    return 2


def cells(request):
    on = waffle.flag_is_active(request, "cells")
    if not on:
        return 0
    on = request.user.likes_cells
    if on:
        return 1
    return 2
