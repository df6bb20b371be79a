import ldclient

from loans.actions import charge_penalty


def nightly(loans, context):
    if ldclient.get().variation("loan-penalty", context, False):
        for loan in loans:
            charge_penalty(loan)
