from gym.ledger import create_invoice


def send_invoice(contract, month):
    create_invoice(contract.company, contract.seats * contract.price)
