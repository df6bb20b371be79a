"""Totals."""
from decimal import Decimal


def charge_amount(lines):
    """Sum of the lines."""
    total = sum((line.amount for line in lines), Decimal(0))
    return total
