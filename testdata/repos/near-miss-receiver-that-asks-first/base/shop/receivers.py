from django.db.models.signals import post_save
from django.dispatch import receiver

from shop.models import Customer


@receiver(post_save, sender=Customer)
def welcome(sender, instance, created, **kwargs):
    instance.email("Welcome")
