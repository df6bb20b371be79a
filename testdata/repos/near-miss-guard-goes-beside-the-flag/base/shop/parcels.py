def parcel(order):
    if not order.is_packed:
        raise NotPacked(order)
    hand_over(order)
