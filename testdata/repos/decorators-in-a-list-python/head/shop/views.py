import requests
from django.utils.decorators import method_decorator
from django.views import View
from waffle.decorators import waffle_flag

from .access import staff_required
from .flag_names import EXPORTS


class Orders(View):
    def get(self, request):
        return render(request, "orders.html")


@method_decorator([staff_required, waffle_flag(EXPORTS)], name="dispatch")
class Exports(View):
    def get(self, request):
        requests.post("https://ledger.example.com/exports")
        return render(request, "exports.html")


@method_decorator(waffle_flag(EXPORTS), name="dispatch")
class Exports2(View):
    def get(self, request):
        requests.post("https://ledger.example.com/exports")
        return render(request, "exports.html")
