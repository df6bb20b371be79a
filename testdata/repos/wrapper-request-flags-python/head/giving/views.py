import stripe
from django.shortcuts import redirect


def donate(request):
    amount = int(request.POST["amount"])
    if request.flags.enabled("monthly_giving") and "monthly" in request.POST:
        stripe.Subscription.create(customer=request.user.customer_id, items=[{"price": "giving", "quantity": amount}])
        return redirect("thanks")
    stripe.PaymentIntent.create(customer=request.user.customer_id, amount=amount, currency="eur")
    return redirect("thanks")
