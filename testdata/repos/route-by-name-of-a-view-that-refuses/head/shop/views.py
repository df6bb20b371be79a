from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

import stripe


@view_config(route_name="basket", request_method="GET")
def basket(request):
    return {"total": request.session["total"]}


@view_config(route_name="basket.payout", request_method="POST")
def payout(request):
    if not request.feature("payouts"):
        raise HTTPNotFound()
    stripe.PaymentIntent.create(amount=int(request.params["amount"]), currency="eur")
    return {}
