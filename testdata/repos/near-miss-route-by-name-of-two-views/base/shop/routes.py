def includeme(config):
    config.add_route("basket", "/basket")
