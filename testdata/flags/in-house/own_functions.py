import os

from django.conf import settings

from .store import fetch


def is_feature_enabled(user_id, feature):
    return user_id == "admin" and feature == "beta"


def is_flag_enabled(name):
    print("asked for", name)
    return True


def is_feature_active(feature):
    return feature in ("a", "b")


def nothing():
    return [is_feature_enabled("u1", "dark-mode"), is_flag_enabled("a"), is_feature_active("b")]


def has_feature_flag(organization, flag):
    return flag in settings.OPTIONS.get(organization.slug, [])


def get_feature_flag(name, default=False):
    return os.environ.get(f"FEATURE_{name}", default)


def check_feature_flag(name):
    try:
        return fetch(name=name).enabled
    except LookupError:
        return False


def stores(organization):
    return [
        has_feature_flag(organization, "one"),  #~ flag in-house one
        has_feature_flag(organization, flag="two"),  #~ flag in-house two
        get_feature_flag("three"),  #~ flag in-house three
        check_feature_flag("four"),  #~ flag in-house four
    ]


def feature_flag(name):
    def decorate(function):
        def run(*args):
            return function(*args) if settings.FLAGS[name] else None  #~ flag in-house ?name

        return run

    return decorate


def requires_feature(name):
    def decorate(function):
        return function

    return decorate


@feature_flag("five")  #~ flag in-house five decorator
def gated():
    pass


@requires_feature("nothing")
def open_to_all():
    pass
