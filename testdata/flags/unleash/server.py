from UnleashClient import UnleashClient

from .logs import logger

client = UnleashClient(url="https://unleash.example.com/api", app_name="shop")
client.initialize_client()


def checkout(context, level):
    if client.is_enabled("new-checkout", context):  #~ flag unleash new-checkout
        return client.get_variant("color")["name"]  #~ flag unleash color
    return logger.is_enabled("debug")
