class ShopMessages:
    SOLD_OUT = "This one is sold out for today."
    CLOSED = ("The till is closed at the moment, "
              "please come back tomorrow.")
