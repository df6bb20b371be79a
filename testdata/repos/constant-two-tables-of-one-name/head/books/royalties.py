import ldclient

from books.flags import MONTHLY_PAYOUT
from books.bank import send_payout


def pay_royalties(author, context, today):
    if ldclient.get().variation(MONTHLY_PAYOUT, context, False):
        if author.balance >= 2000:
            send_payout(author.iban, author.balance)
        return
    if today.month in (3, 9):
        send_payout(author.iban, author.balance)
