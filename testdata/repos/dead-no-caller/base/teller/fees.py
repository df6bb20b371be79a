import stripe
from waffle import switch_is_active


def charge_transfer(transfer):
    if switch_is_active("transfer_fee"):
        stripe.Charge.create(customer=transfer.payer, amount=30)


def charge_cheque(cheque):
    stripe.Charge.create(customer=cheque.payer, amount=100)
