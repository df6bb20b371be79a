from shop import features


def tax(order):
    if features.NEW_TAX:
        return fresh(order)
    return old(order)
