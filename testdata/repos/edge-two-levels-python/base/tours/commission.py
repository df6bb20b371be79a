from tours.bank import send_payout


def pay_commission(tour):
    send_payout(tour.guide.iban, _calculate_commission(tour))


def _calculate_commission(tour):
    return round(tour.price * 0.1)
