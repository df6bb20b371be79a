from functools import wraps

from flask import abort
from UnleashClient import UnleashClient

unleash = UnleashClient(url="https://flags.example.com/api", app_name="desk")


def only_with(key):
    def decorate(view):
        @wraps(view)
        def inner(*args, **kwargs):
            if not unleash.is_enabled(key):
                abort(404)
            return view(*args, **kwargs)

        return inner

    return decorate
