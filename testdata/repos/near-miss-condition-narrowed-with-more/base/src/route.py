from UnleashClient import UnleashClient
import stripe

client = UnleashClient(url="https://unleash.example.com", app_name="shop")


def pay(order):
    needs_review = order.is_large or order.is_abroad or not order.card
    if not needs_review:
        stripe.Charge.create(amount=order.total)
    return order
