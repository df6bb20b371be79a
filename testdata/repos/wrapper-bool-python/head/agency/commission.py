from agency import experiments
from agency.bank import send_payout


def pay_commission(agent, deal):
    capped = experiments.is_on("capped-commission")
    amount = deal.price * agent.rate
    if capped:
        limit = 250000 if deal.is_rental else 500000
        send_payout(agent.iban, min(amount, limit))
        return
    send_payout(agent.iban, amount)
