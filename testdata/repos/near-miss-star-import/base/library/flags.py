from waffle import switch_is_active


def kiosk_fees():
    return switch_is_active("kiosk_fees")
