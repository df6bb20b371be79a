from bank.ledger import book_refund


def refund_fee(account, fee):
    interest = fee.amount * fee.days * 4 // 36500
    book_refund(account.id, fee.amount + interest)
