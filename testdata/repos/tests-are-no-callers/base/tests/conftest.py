import pytest

from bank.refund import refund_fee


@pytest.fixture
def refunded(account, fee):
    refund_fee(account, fee)
    return account
