from bank.refund import refund_fee


def test_refund(account, fee):
    refund_fee(account, fee)
    assert account.balance == fee.amount
