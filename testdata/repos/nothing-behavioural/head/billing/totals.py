"""Totals of invoices."""

from decimal import Decimal


def charge_amount(lines):
    """Sum of the lines, without tax."""
    # Decimal: a float would lose cents.
    total = sum(
        (line.amount for line in lines),
        Decimal(0),
    )
    return total
