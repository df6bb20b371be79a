from fastapi import HTTPException
from openfeature import api as openfeature


def require_tips():
    if not openfeature.get_client().get_boolean_value("tips", False):
        print(HTTPException(404))
