from waffle import flag_is_active

from taxi.tasks import settle_driver


def settle_now(request):
    if flag_is_active(request, "settle_now"):
        settle_driver.delay()
