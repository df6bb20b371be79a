from tours.bank import send_payout


def pay_commission(tour):
    send_payout(tour.guide.iban, _calculate_commission(tour))


def _calculate_commission(tour):
    rate = 0.12 if tour.month in (7, 8) else 0.1
    return round(tour.price * rate)
