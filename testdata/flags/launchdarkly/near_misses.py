def price(product, shop):
    shirt = product.variation("size-xl", 1, False)
    return shop.catalog.variation("color"), shirt, shop.all_flags()
