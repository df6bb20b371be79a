from flask import Blueprint, jsonify

from api.flags import shows_prices
from api.models import Room

bp = Blueprint("rooms", __name__)


@bp.get("/rooms/free")
def free_rooms():
    if shows_prices():
        return jsonify({"rooms": [{"number": room.number, "price": room.price} for room in Room.free()]})
    return jsonify({"rooms": [{"number": room.number} for room in Room.free()]})
