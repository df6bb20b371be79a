from coop.credit import give_credit
from coop.flags import is_on


def on_request(member, amount):
    if is_on("credit-in-app"):
        give_credit(member, amount)
