class Ledger:
    def of(self, order):
        return order.total
