from django.views.generic import TemplateView, View
from waffle.mixins import WaffleFlagMixin, WaffleSwitchMixin


class Reports(WaffleFlagMixin, TemplateView):  #~ flag django-waffle reports decorator
    waffle_flag = "reports"


class Exports(LoginMixin, WaffleSwitchMixin, View):  #~ flag django-waffle exports decorator
    waffle_switch = "exports"


class Visits(WaffleFlagMixin, View):  #~ flag django-waffle visits name
    waffle_flag = "visits"

    def dispatch(self, request, *args, **kwargs):
        count(request)
        return super().dispatch(request, *args, **kwargs)


class Nothing(WaffleFlagMixin, View):
    flag = "nothing"
