from openfeature import api

client = api.get_client()


def totals(orders):
    total = 0
    for order in orders:
        if client.get_boolean_value("rounded-totals", False):  #~ flag-in-hot-loop
            total += round(order.total)
    kept = [order for order in orders if client.get_boolean_value("kept-orders", False)]  #~ flag-in-hot-loop
    ids = [order.id if client.get_boolean_value("short-ids", False) else order.key for order in orders]  #~ flag-in-hot-loop
    return total, kept, ids


def per_item(orders):
    for order in orders:
        context = {"targetingKey": order.user}
        if client.get_boolean_value("mailed-orders", False, context):
            mail(order)
    return [order for order in orders if client.get_boolean_value("kept-orders", False, order.context)]


def until_done(queue):
    while queue.is_open():
        if client.get_boolean_value("worker", False):
            queue.next()


def stop(batches):
    for batch in batches:
        if not client.get_boolean_value("backfill", False):
            return
        fill(batch)


# A look into an object costs nothing.
def priced(orders, organization):
    return [order for order in orders if organization.feature_settings.get("seat_pricing_enabled", False)]
