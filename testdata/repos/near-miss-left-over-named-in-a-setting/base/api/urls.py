def root(request):
    return request.host
