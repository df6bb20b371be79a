import stripe


def capture(order):
    stripe.PaymentIntent.capture(order.intent)
