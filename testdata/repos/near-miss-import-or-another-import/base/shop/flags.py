from waffle import switch_is_active
def kiosk_on():
    return switch_is_active("kiosk")
