from django.db import models

__all__ = ["Order"]


class Order(models.Model):
    note = models.TextField(help_text="What the buyer says")

    class Meta:
        verbose_name_plural = "orders"
