from power import remote


def allows(name):
    return remote.allows(name)
