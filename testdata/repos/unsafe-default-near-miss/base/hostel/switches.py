import logging

import ldclient
from ldclient import Context


def allows(name, verbose=False):
    value = ldclient.get().variation(name, Context.create("hostel"), False)
    if verbose:
        logging.info("%s is %s", name, value)
    return value
