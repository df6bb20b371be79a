from functools import wraps

import waffle


def counts_feature(flag):
    def decorator(func):
        @wraps(func)
        def wrapper(*args, **kwargs):
            if waffle.switch_is_active(flag):
                count(flag)
            return func(*args, **kwargs)

        return wrapper

    return decorator
