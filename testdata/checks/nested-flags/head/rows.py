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


# What is asked is another thing the second time.
def tables(shop, update):
    before = shop.feature_flags.is_enabled("tables")
    shop.feature_flags = update(shop.feature_flags)
    after = shop.feature_flags.is_enabled("tables")
    if not before and after:
        return 1
    return 0
