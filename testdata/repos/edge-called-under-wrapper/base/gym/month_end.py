from gym import flags
from gym.invoices import send_invoice
from gym.models import Contract


def close_month(month):
    for contract in Contract.objects.active(month):
        if contract.company and flags.company_invoices():
            send_invoice(contract, month)
