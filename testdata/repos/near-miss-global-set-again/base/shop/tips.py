import ldclient
from shop import bank

TIPS = ldclient.get().variation("tips", {}, False)


def force():
    global TIPS
    TIPS = True


def pay_tip(order, fees):
    if TIPS:
        bank.create_payout(order.iban, order.tip)
