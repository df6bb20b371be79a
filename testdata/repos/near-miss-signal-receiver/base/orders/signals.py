from django.db.models.signals import post_save
from django.dispatch import receiver

from orders.ledger import book_refund
from orders.models import Order


@receiver(post_save, sender=Order)
def settle_refund(sender, instance, **kwargs):
    if instance.returned:
        book_refund(instance.id, instance.total)
