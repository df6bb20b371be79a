from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

import stripe


@view_config(route_name="basket", request_method="GET")
def basket(request):
    return {"total": request.session["total"]}
