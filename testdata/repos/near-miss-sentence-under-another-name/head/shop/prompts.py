class ShopPrompts:
    OPEN = "Write a poem about soap."
    CLOSED = "Say goodbye to the customer now."
