from tours.bank import send_payout


def pay_commission(tour):
    for guide in tour.guides:
        _pay_guide(guide, tour)


def _pay_guide(guide, tour):
    rate = 0.12 if tour.month in (7, 8) else 0.1
    send_payout(guide.iban, round(tour.price * rate))
