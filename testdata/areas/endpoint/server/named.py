"""Routers that a project names as it likes."""
from fastapi import APIRouter
from flask import Blueprint

main = Blueprint("main", __name__)
refunds = APIRouter()


@main.route("/orders")  #~ area endpoint:high
def orders():
    return render(load())


@refunds.post("/refunds")  #~ area endpoint:high
def refund(body):
    return load(body)
