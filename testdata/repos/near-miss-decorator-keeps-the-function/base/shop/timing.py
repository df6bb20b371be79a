import functools


NIGHTLY = []


def timed(function):
    NIGHTLY.append(function)

    @functools.wraps(function)
    def inner(*args, **kwargs):
        result = function(*args, **kwargs)
        print(function.__name__)
        return result

    return inner
