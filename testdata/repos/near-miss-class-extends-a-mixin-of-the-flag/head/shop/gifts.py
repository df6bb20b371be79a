from django.views.generic import TemplateView
from waffle.mixins import WaffleFlagMixin


class Gifts(WaffleFlagMixin, TemplateView):
    waffle_flag = "gift_wrapping"
    template_name = "gifts.html"

    def dispatch(self, request, *args, **kwargs):
        count_visit(request)
        return super().dispatch(request, *args, **kwargs)
