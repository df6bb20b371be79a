from sitters.bank import bank
from sitters.features import feature_service


def pay_sitter(visit):
    if feature_service.is_enabled("same-day-payout", visit.sitter_id):
        bank.instant_payout(visit.sitter_iban, visit.price)
    else:
        bank.queue_payout(visit.sitter_iban, visit.price)
