from UnleashClient import UnleashClient

unleash = UnleashClient(url="https://flags.example.com/api", app_name="visa")


def allows(name):
    return unleash.is_enabled(name)
