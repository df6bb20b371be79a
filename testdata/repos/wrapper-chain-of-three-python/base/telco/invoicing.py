from telco.ledger import create_invoice
from telco.plans import plan_allows


def invoice_plan(plan, usage):
    return create_invoice(plan.customer, plan.price)
