# Showing a line to a developer moves no money.
class Line:
    def __repr__(self):
        return f"Line({self.total_price_gross_amount}, {self.tax_rate}, {self.refund})"


def subscribe(reader):
    reader.subscriptions.append("news")
