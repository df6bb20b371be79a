from functools import wraps

import waffle


def traced(func):
    @wraps(func)
    def wrapper(*args, **kwargs):
        if waffle.switch_is_active("trace_requests"):
            keep_trace(args[0].path)
        return func(*args, traced=True, **kwargs)

    return wrapper
