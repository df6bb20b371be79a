from django.conf import settings
from django.utils.module_loading import import_string


def run_steps(order):
    for name in settings.ORDER_STEPS:
        import_string(name)(order)
