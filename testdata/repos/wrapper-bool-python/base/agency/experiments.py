from openfeature import api


def is_on(flag_key, default=False):
    value = api.get_client().get_boolean_value(flag_key=flag_key, default_value=default)
    return bool(value)
