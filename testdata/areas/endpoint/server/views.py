# Views of Pyramid: those that answer programs, and those that show a page.
@view_config(route_name="orders", renderer="json")  #~ area endpoint:high
def orders(request):
    return found(request)


@view_config(route_name="about", renderer="about.html")
def about(request):
    return {}


def includeme(config):
    config.add_route("orders", "/orders")  #~ area endpoint:high
