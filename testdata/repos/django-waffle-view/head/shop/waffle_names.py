"""Names of the waffle flags of this app."""

GIFT_MESSAGE = "gift_message"
REDEEM_VOUCHERS = "redeem_vouchers"
