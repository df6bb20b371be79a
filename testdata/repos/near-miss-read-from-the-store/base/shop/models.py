from django.db import models

from shop import bank


class Order(models.Model):
    iban = models.TextField()


class Tip(models.Model):
    order = models.ForeignKey(Order, related_name="tips", on_delete=models.CASCADE)

    def settle(self, amount, fees):
        bank.create_payout(self.order.iban, amount)
