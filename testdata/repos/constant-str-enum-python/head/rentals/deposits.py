import stripe
from UnleashClient import UnleashClient

from rentals.flags import Flag

unleash = UnleashClient(url="https://flags.example.com/api", app_name="rentals")


def return_deposit(lease):
    if unleash.is_enabled(Flag.SPLIT_DEPOSIT.value, {"userId": lease.tenant_id}):
        for room in lease.rooms:
            stripe.Refund.create(charge=lease.deposit_charge, amount=room.share_of(lease.deposit))
        return
    stripe.Refund.create(charge=lease.deposit_charge, amount=lease.deposit)
