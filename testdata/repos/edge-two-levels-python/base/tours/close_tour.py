import ldclient

from .commission import pay_commission


def close_tour(tour, context):
    tour.closed = True
    if not ldclient.get().variation("guide-commission", context, False):
        return
    pay_commission(tour)
