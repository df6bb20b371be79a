"""Flask, FastAPI and Starlette."""
from fastapi import APIRouter, FastAPI
from flask import Flask
from pydantic import BaseModel

app = Flask(__name__)

router = APIRouter()


@app.route("/orders")  #~ area endpoint:high
def orders():
    return render(load())


@router.get("/orders/{order_id}")
def order(
    order_id: int,
    verbose: bool = False,  #~ area endpoint
):
    return load(order_id)


class OrderResponse(BaseModel):
    id: int
    state: str = "new"  #~ area endpoint


def load(order_id=None):
    return store.read(order_id)


class Basket:
    def __init__(self, lines):
        self.lines = lines

    def to_dict(self):
        return {
            "lines": self.lines,  #~ area endpoint
        }
