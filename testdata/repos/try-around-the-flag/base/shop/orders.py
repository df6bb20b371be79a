def finish(order):
    order.close()
