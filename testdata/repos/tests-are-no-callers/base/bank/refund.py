from bank.ledger import book_refund


def refund_fee(account, fee):
    book_refund(account.id, fee.amount)
