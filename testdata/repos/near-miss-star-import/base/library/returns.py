from library.fees import *


def take_back(loan):
    loan.open = False
    charge_late_fee(loan)
