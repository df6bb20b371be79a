from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .orders import Order

from .ledger import Ledger


def total(order: "Order", ledger: Ledger) -> int:
    return ledger.of(order)
