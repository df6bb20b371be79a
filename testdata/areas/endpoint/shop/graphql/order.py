"""Resolvers."""
from ariadne import ObjectType

order_bindable = ObjectType("Order")


@order_bindable.field("state")  #~ area endpoint:high
def resolve_state(order, info):
    return order.state


def newest(orders):
    return sorted(orders)[-1]
