from UnleashClient import UnleashClient

unleash = UnleashClient(url="https://flags.example.com/api", app_name="purse")


def opened(name):
    try:
        return unleash.is_enabled(name)
    except Exception:
        return True
