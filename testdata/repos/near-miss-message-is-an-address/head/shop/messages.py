class ShopMessages:
    SOLD_OUT = "This one is sold out for today."
    CLOSED = "https://till.example.com/closed?today=1"
