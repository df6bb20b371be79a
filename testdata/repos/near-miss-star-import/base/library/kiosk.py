from library.fees import charge_late_fee
from library.flags import kiosk_fees


def drop(loan):
    if kiosk_fees():
        charge_late_fee(loan)
