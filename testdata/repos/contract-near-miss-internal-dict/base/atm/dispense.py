from atm.bank import authorize_payment
from atm.flags import cash_by_code


def dispense(code):
    if not cash_by_code():
        raise PermissionError(code)
    order = {"code": code.number, "total": code.amount}
    authorize_payment(order["code"], order["total"])
