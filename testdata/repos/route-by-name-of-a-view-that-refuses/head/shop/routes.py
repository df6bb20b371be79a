def includeme(config):
    config.add_route("basket", "/basket")
    config.add_route("basket.payout", "/basket/payout")
