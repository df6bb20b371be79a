import ldclient

from bank.refund import refund_fee


def accept(complaint, context):
    complaint.open = False
    if ldclient.get().variation("fee-refunds", context, False):
        refund_fee(complaint.account, complaint.fee)
