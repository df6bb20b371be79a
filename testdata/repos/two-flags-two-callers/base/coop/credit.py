from coop.ledger import give_store_credit


def give_credit(member, amount):
    give_store_credit(member.id, amount)
