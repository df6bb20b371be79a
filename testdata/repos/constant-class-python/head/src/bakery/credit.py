from openfeature import api

from bakery.money import book_refund, give_store_credit
from bakery.toggles import Toggles as T


def settle_return(order):
    if api.get_client().get_boolean_value(T.STORE_CREDIT, False):
        give_store_credit(order.customer, order.total)
        return
    book_refund(order.id, order.total)
