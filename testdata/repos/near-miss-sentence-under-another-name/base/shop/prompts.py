class ShopPrompts:
    OPEN = "Write a poem about soap."
