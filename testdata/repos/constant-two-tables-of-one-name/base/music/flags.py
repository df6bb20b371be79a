MONTHLY_PAYOUT = "music-monthly-payout"
