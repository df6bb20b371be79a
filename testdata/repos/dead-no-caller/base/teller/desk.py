from teller.fees import charge_transfer


def transfer(order):
    charge_transfer(order)
