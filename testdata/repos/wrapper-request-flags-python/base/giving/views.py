import stripe
from django.shortcuts import redirect


def donate(request):
    amount = int(request.POST["amount"])
    stripe.PaymentIntent.create(customer=request.user.customer_id, amount=amount, currency="eur")
    return redirect("thanks")
