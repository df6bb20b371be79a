def tax(order):
    return old(order)
