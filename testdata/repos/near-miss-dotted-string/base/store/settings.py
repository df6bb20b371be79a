ORDER_STEPS = [
    "store.stock.reserve",
    "store.gateways.capture",
    "store.mail.confirm",
]
