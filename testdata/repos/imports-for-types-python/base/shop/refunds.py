from .ledger import Ledger


def total(order, ledger: Ledger) -> int:
    return ledger.of(order)
