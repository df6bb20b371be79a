import ldclient


def is_on(key, context):
    return ldclient.get().variation(key, context, False)
