class ShopMessages:
    SOLD_OUT = "This one is sold out for today."
