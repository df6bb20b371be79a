from shop import bank
from shop.base import Job


class Tips(Job):
    def run(self, order, fees):
        bank.create_payout(order.iban, order.tip - fees)
