from coop.ledger import give_store_credit


def give_credit(member, amount):
    interest = amount * member.years // 100
    give_store_credit(member.id, amount + interest)
