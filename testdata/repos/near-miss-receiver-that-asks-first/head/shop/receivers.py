import waffle
from django.db.models.signals import post_save
from django.dispatch import receiver

from shop.models import Customer


@receiver(post_save, sender=Customer)
def welcome(sender, instance, created, **kwargs):
    if not created or not waffle.switch_is_active("welcome_mails"):
        return
    instance.email("Welcome")
