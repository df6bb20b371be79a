import waffle
from django.utils.decorators import method_decorator
from edx_toggles.toggles import WaffleFlag, WaffleSwitch
from waffle import flag_is_active
from waffle.decorators import waffle_flag, waffle_switch

from .constants import OFFERS_FLAG, PREFIX
from .toggles import NEW_ORDERS

TAX_SWITCH = "new_tax"
BASKET = WaffleFlag("basket.new", __name__)  #~ defines django-waffle basket.new
REFUNDS = WaffleSwitch(f"{PREFIX}.refunds", __name__)


def basket(request, processor):
    if waffle.switch_is_active(TAX_SWITCH):  #~ flag django-waffle new_tax via=TAX_SWITCH
        return 1
    if flag_is_active(request, "coupons") and not waffle.sample_is_active("tenth"):  #~ flag django-waffle coupons; flag django-waffle tenth
        return 2
    if waffle.flag_is_active(request, OFFERS_FLAG):  #~ flag django-waffle OFFERS_FLAG unresolved
        return 3
    if waffle.switch_is_active("payment_" + processor.name):  #~ flag django-waffle ?
        return 4
    # if waffle.switch_is_active("commented_out"):
    return BASKET.is_enabled(request.user) or NEW_ORDERS.is_enabled()  #~ flag django-waffle basket.new via=BASKET; flag django-waffle NEW_ORDERS


@waffle_flag("reports")  #~ flag django-waffle reports decorator
def reports(request, logger):
    return logger.is_enabled("x")


@method_decorator(waffle_switch("exports"), name="dispatch")  #~ flag django-waffle exports decorator
class Exports:
    pass


@method_decorator([signed_in, waffle_flag("imports")], name="dispatch")  #~ flag django-waffle imports decorator
class Imports:
    pass


urls = [path("new", waffle_flag("new_url")(reports))]  #~ flag django-waffle new_url callback


class Orders(WaffleFlagMixin, View):
    waffle_flag = "orders"  #~ todo flag django-waffle orders
