from shop.views import PayoutView


def nightly(request):
    PayoutView().post(request)
