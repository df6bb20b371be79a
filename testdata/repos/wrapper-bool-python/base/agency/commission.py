from agency import experiments
from agency.bank import send_payout


def pay_commission(agent, deal):
    capped = experiments.is_on("capped-commission")
    amount = deal.price * agent.rate
    if capped:
        send_payout(agent.iban, min(amount, 500000))
        return
    send_payout(agent.iban, amount)
