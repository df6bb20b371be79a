from purse.bank import send_payout
from purse.gate import opened


def withdraw(account, amount):
    if opened("withdraw-abroad"):
        fee = 0 if account.iban.startswith("DE") else 300
        send_payout(account.iban, amount - fee)
