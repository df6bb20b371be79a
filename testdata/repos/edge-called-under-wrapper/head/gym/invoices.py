from gym.ledger import create_invoice


def send_invoice(contract, month):
    seats = max(contract.seats, contract.visitors(month))
    create_invoice(contract.company, seats * contract.price)
