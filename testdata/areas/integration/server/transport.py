# How long another service is waited for.
import requests


def ask(options):
    return again(options, retry=3)  #~ area integration:high


def tell(options):
    return again(options, colour=3)
