MONTHLY_PAYOUT = "books-monthly-payout"
