"""Calls to other services, in Python."""
import boto3
import requests
from django.core.mail import send_mail

from app.tasks import rebuild

s3 = boto3.client("s3")  #~ area integration:high


def rates():
    return requests.get("https://rates.test/today").json()  #~ area integration:high


def tell(order):
    send_mail("Order", "It is here", None, [order.email])  #~ area integration


def enqueue_rebuild(order):
    if order.changed:
        rebuild.delay(order.id)  #~ area integration


def enqueue_maybe(order):
    if order.changed and order.visible:  #~ area integration
        rebuild.delay(order.id)


def changed(order):
    return order.changed and order.lines
