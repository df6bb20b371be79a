import stripe
from flask import Blueprint, abort, request
from openfeature import api as openfeature

tips = Blueprint("tips", __name__)


@tips.before_request
def ask():
    if not openfeature.get_client().get_boolean_value("tips", False):
        abort(404)


@tips.get("/tips")
def show():
    return {}
