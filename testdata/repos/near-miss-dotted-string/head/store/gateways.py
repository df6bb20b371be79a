import stripe


def capture(order):
    stripe.PaymentIntent.capture(order.intent, amount_to_capture=order.total_in(order.currency))
