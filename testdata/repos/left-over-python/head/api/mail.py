from waffle import switch_is_active
from .urls import root


def make_claim_url(request, place):
    if switch_is_active("new_claims"):
        return "{}/claim/{}".format(root(request), place.id)
    return "{}/claim".format(root(request))
