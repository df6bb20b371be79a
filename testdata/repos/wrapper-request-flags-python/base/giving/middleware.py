from waffle import flag_is_active


class RequestFlags:
    def __init__(self, request):
        self.request = request

    def enabled(self, name):
        return flag_is_active(self.request, name)


def flags_middleware(get_response):
    def middleware(request):
        request.flags = RequestFlags(request)
        return get_response(request)

    return middleware
