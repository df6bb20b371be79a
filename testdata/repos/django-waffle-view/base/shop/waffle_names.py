"""Names of the waffle flags of this app."""

GIFT_MESSAGE = "gift_message"
