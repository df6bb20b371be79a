import ldclient
from ldclient import Context


def allows(name, user):
    return ldclient.get().variation(name, Context.create(user), False)
