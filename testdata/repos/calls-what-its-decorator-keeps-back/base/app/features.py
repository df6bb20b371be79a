from functools import wraps

import waffle


def only_with(flag):
    def decorator(func):
        @wraps(func)
        def wrapper(*args, **kwargs):
            if waffle.switch_is_active(flag):
                return func(*args, **kwargs)

        return wrapper

    return decorator
