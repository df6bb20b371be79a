"""What a change takes away."""
from flask import Blueprint
from flask_login import login_required

bp = Blueprint("reports", __name__)


@login_required  #~ area auth:critical
def export(request):
    return build(request)


def build(request):
    return request.rows
