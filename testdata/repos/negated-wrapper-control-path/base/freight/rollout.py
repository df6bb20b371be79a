import ldclient

WEIGHT_FEES = "weight-fees"


def legacy_fees(context):
    return not ldclient.get().variation(WEIGHT_FEES, context, False)
