import functools


def timed(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        result = function(*args, **kwargs)
        print(function.__name__)
        return result

    return inner
