from farm.bank import send_payout


def pay_farmer(farmer, amount):
    send_payout(farmer.iban, amount)
