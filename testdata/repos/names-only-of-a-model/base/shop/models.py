from django.db import models


class Order(models.Model):
    note = models.TextField(help_text="Note")

    class Meta:
        verbose_name_plural = "order"
