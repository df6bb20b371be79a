import ldclient

from hotel import minibar
from hotel.settle import settle


def check_out(stay, context):
    settle(stay)
    if ldclient.get().variation("minibar-charge", context, False):
        minibar.settle(stay)
