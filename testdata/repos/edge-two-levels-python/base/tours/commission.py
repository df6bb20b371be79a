from tours.bank import send_payout


def pay_commission(tour):
    for guide in tour.guides:
        _pay_guide(guide, tour)


def _pay_guide(guide, tour):
    send_payout(guide.iban, round(tour.price * 0.1))
