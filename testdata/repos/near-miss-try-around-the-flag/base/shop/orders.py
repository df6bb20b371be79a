def finish(order):
    order.close()
    order.archive()
