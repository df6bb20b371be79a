from court.fees import refund_fee
from court.rules import RuleBook


def close(case):
    refund_fee(case, RuleBook(case.rules))
