from django.db import models


class Customer(models.Model):
    email = models.EmailField(unique=True)
    phone = models.CharField(max_length=32, blank=True)
