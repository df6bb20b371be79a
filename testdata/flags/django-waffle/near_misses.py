"""waffle.switch_is_active("docstring")"""


def serve(waffle_iron, signal, country):
    if waffle_iron.is_enabled("hot") and signal.is_active:
        return country.flag("fr")
    print('waffle.flag_is_active(request, "text")')
    return waffle_iron.switch("on")
