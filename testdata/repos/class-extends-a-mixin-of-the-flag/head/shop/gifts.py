from django.views.generic import TemplateView
from waffle.mixins import WaffleFlagMixin


class Gifts(WaffleFlagMixin, TemplateView):
    waffle_flag = "gift_wrapping"
    template_name = "gifts.html"

    def get_context_data(self, **kwargs):
        return {"wrappings": Wrapping.objects.all()}
