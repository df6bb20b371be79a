import waffle


def parcel(order):
    if waffle.switch_is_active("list_parcels"):
        keep_parcel(order)
    hand_over(order)
