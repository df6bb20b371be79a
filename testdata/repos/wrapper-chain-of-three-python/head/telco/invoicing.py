from telco.ledger import create_invoice
from telco.plans import plan_allows


def invoice_plan(plan, usage):
    if plan_allows(plan, "data-overage") and usage.gigabytes > plan.gigabytes:
        overage = (usage.gigabytes - plan.gigabytes) * plan.gigabyte_price
        return create_invoice(plan.customer, plan.price + overage)
    return create_invoice(plan.customer, plan.price)
