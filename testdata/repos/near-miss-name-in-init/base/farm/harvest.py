import ldclient

from farm.payouts.send import pay_farmer


def weigh_in(farmer, tons, context):
    if ldclient.get().variation("pay-at-weigh-in", context, False):
        pay_farmer(farmer, tons * 21000)
