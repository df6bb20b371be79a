from UnleashClient import UnleashClient
import stripe

client = UnleashClient(url="https://unleash.example.com", app_name="shop")


def pay(order):
    if client.is_enabled("tips") and order.is_gift:
        stripe.Charge.create(amount=order.tip)
    return order
