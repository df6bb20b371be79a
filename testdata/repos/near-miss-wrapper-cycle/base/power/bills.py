import stripe

from power.remote import allows


def charge_paper(bill):
    if allows("paper-fee"):
        stripe.Charge.create(customer=bill.customer, amount=100)
