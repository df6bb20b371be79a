class Toggles:
    STORE_CREDIT = "bakery.store-credit"
    PREORDER = "bakery.preorder"
