# Definitions that only run with a flag on.
from waffle.decorators import waffle_flag, waffle_switch


@waffle_flag("new-checkout")
def checkout(request):
    return charge_v2(request)  #~ gated new-checkout=on


@login_required
@waffle_switch("new-refund")
def refund(request):
    return refund_v2(request)  #~ gated new-refund=on


@login_required
def plain(request):
    return charge(request)  #~ ungated


@feature_flag("tax")
@app.get("/tax")
def registered_below():
    work()  #~ ungated


@app.get("/tax")
@feature_flag("tax")
def registered_above():
    work()  #~ gated tax=on
