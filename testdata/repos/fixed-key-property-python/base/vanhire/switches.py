from UnleashClient import UnleashClient

client = UnleashClient(url="https://flags.example.com/api", app_name="vanhire")


class Switches:
    @property
    def risk_deposit(self):
        return client.is_enabled("risk-deposit")

    @property
    def night_pickup(self):
        return client.is_enabled("night-pickup")
