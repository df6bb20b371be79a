from power import local


def allows(name):
    return local.allows(name)
