import stripe
from flask import Blueprint, request

from desk.access import only_with

desk = Blueprint("desk", __name__)


@only_with("desk-refunds")
@desk.post("/tickets/<ticket>/refund")
def refund_ticket(ticket):
    stripe.Refund.create(charge=request.form["charge"])
    return {"ticket": ticket}
