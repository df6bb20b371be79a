from club.ledger import charge_customer
from club.switches import runs


def send_dunning(member):
    if not runs("dunning-letters"):
        return
    fee = 500 if member.reminders < 2 else 1500
    charge_customer(member.id, fee)
