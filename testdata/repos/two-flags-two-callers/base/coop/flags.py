import ldclient
from ldclient import Context


def is_on(name):
    return ldclient.get().variation(name, Context.create("coop"), False)
