from coop.credit import give_credit
from coop.flags import is_on


def on_mail(member, amount):
    if not is_on("credit-by-mail"):
        return
    give_credit(member, amount)
