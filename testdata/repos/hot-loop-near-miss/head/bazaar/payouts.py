from bazaar.bank import send_payout
from bazaar.switches import allows


def pay_sellers(order):
    for line in order.lines:
        if allows("line-payouts", line.seller_id):
            send_payout(line.iban, line.price)
        line.settled = True
