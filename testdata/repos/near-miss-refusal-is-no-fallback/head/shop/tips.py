import ldclient
from shop import bank
from shop.errors import Closed


def pay_tip(order, fees):
    if ldclient.get().variation("closed-till", {}, False):
        raise Closed("The till is closed. See {}.".format(help_url(order.place)))
    bank.create_payout(order.iban, order.tip - fees)
