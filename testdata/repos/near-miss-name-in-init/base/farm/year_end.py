from farm import payouts


def year_end(farmers):
    for farmer in farmers:
        payouts.pay(farmer, farmer.balance)
