from UnleashClient import UnleashClient

unleash = UnleashClient(url="https://flags.example.com/api", app_name="rooms")


def shows_prices():
    return unleash.is_enabled("room-prices")
