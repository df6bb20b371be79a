import ldclient
from ldclient import Context

SERVICE = Context.builder("club").kind("service").build()


def runs(name, fallback=True):
    return ldclient.get().variation(name, SERVICE, fallback)
