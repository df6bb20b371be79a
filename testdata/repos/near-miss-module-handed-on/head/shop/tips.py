from shop import bank


def pay_tip(order, fees):
    bank.create_payout(order.iban, order.tip - fees)
