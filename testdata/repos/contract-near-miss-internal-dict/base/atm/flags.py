import ldclient
from ldclient import Context


def cash_by_code():
    return ldclient.get().variation("cash-by-code", Context.create("atm"), False)
