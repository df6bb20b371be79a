from club.ledger import charge_customer
from club.switches import runs


def send_dunning(member):
    if not runs("dunning-letters"):
        return
    charge_customer(member.id, 500)
