from .clients import unleash_client


def on(menu):
    return unleash_client.is_enabled("new-menu") and menu.is_enabled("file")  #~ flag unleash new-menu
