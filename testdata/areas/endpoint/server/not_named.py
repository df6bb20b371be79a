"""Decorators with the names of routes, without a framework that has them."""
from functools import lru_cache as main


@main.route("/orders")
def orders():
    return load()


@store.get("orders")
def order():
    return load()
