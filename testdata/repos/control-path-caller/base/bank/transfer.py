from waffle import switch_is_active

from bank.new_fee import charge_new_fee
from bank.old_fee import charge_old_fee


def transfer(order):
    if switch_is_active("new-fee"):
        charge_new_fee(order)
    else:
        charge_old_fee(order)
