def kiosk_on():
    return True
