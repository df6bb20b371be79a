def create_payout(iban, amount):
    print(iban, amount)
