class GuestCart:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.cart = make_cart(request)
        return self.get_response(request)
