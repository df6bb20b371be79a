from .mail import make_claim_url


def send(request, place):
    return make_claim_url(request, place)
