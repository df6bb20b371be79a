import ldclient
from ldclient import Context

BULK_REFUNDS = "bulk-refunds"


def is_on(key):
    return ldclient.get().variation(key, Context.create("cinema"), False)
