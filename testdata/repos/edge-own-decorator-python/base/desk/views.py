import stripe
from flask import Blueprint, request

from desk.access import only_with

desk = Blueprint("desk", __name__)


@desk.post("/tickets/<ticket>/refund")
@only_with("desk-refunds")
def refund_ticket(ticket):
    stripe.Refund.create(charge=request.form["charge"])
    return {"ticket": ticket}
