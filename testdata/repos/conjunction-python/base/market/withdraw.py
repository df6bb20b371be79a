from market.bank import send_payout
from market.rules import can_withdraw_now


def withdraw(request, amount):
    if can_withdraw_now(request):
        send_payout(request.user.iban, amount, speed="instant")
    else:
        send_payout(request.user.iban, amount, speed="batch")
