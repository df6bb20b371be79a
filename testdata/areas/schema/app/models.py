"""Django models and SQLAlchemy tables."""
from django.db import models
from sqlalchemy import Column, String


class Order(models.Model):
    state = models.CharField(max_length=20)  #~ area schema:high

    def is_open(self):
        return self.state == "open"


class Line(Base):
    name = Column(String)  #~ area schema:high


def open_orders():
    return Order.objects.filter(state="open")
