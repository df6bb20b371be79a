import ldclient

from books.flags import MONTHLY_PAYOUT
from books.bank import send_payout


def pay_royalties(author, context, today):
    if today.month in (3, 9):
        send_payout(author.iban, author.balance)
