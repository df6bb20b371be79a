import stripe
from UnleashClient import UnleashClient

from rentals.flags import Flag

unleash = UnleashClient(url="https://flags.example.com/api", app_name="rentals")


def return_deposit(lease):
    stripe.Refund.create(charge=lease.deposit_charge, amount=lease.deposit)
