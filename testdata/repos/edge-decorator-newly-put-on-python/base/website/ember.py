from functools import wraps

import waffle
from flask import request


def ember_flag_is_active(flag_name):
    def decorator(func):
        @wraps(func)
        def wrapper(*args, **kwargs):
            if not waffle.flag_is_active(request, flag_name):
                return use_ember_app()
            return func(*args, **kwargs)

        return wrapper

    return decorator
