from market.bank import send_payout


def pay_seller(seller):
    send_payout(seller.iban, seller.balance // 100 * 100)
