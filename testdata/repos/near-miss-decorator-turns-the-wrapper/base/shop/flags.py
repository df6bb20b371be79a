from waffle import switch_is_active
def invert(function):
    def inner():
        return not function()
    return inner
@invert
def kiosk_on():
    return switch_is_active("kiosk")
