from .decorators import require_feature


@require_feature("exports")  #~ flag in-house exports decorator
def export(request):
    return 1


@app.route("/features/<name>")
@login_required
def show(name):
    return name
