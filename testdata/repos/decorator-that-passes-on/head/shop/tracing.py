from functools import wraps

import waffle


def traced(func):
    """Keeps what was asked for."""

    @wraps(func)
    def wrapper(*args, **kwargs):
        if waffle.switch_is_active("trace_requests"):
            keep_trace(args[0].path)
        return func(*args, **kwargs)

    return wrapper
