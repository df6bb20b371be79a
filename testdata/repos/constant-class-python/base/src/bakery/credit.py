from openfeature import api

from bakery.money import book_refund, give_store_credit
from bakery.toggles import Toggles as T


def settle_return(order):
    book_refund(order.id, order.total)
