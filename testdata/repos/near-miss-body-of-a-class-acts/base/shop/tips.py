from shop import bank

fees = 2


class Tips:
    first = bank.create_payout("DE1", 5)
