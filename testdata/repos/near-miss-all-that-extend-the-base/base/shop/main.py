from shop.base import run_all

run_all(None)
