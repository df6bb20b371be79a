from waffle import switch_is_active
from .urls import root

def lambda_handler(request):
    return "{}/claimed".format(root(request))


def make_claim_url(request, place):
    return "{}/claim".format(root(request))
