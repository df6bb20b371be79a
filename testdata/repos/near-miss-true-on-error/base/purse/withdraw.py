from purse.bank import send_payout
from purse.gate import opened


def withdraw(account, amount):
    if opened("withdraw-abroad"):
        send_payout(account.iban, amount)
