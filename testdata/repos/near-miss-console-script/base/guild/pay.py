from guild.bank import send_payout
from guild.members import unpaid


def pay_all():
    for member in unpaid():
        send_payout(member.iban, member.share)
