# Branches, early exits and values in Python.
import ldclient
import waffle

client = ldclient.get()


def then_and_else(user):
    if client.variation("new-checkout", user, False):
        return charge_v2(user)  #~ gated new-checkout=on
    else:
        return charge(user)  #~ gated new-checkout=off


def without_else(user):
    if client.variation("new-checkout", user, False):
        return charge_v2(user)  #~ gated new-checkout=on
    return charge(user)  #~ gated new-checkout=off


def elif_chain(user, admin):
    on = client.variation("new-checkout", user, False)
    if admin:
        audit(user)  #~ ungated
    elif on:
        charge_v2(user)  #~ gated new-checkout=on
    elif user.paid:
        charge(user)  #~ gated new-checkout=off
    else:
        free(user)  #~ gated new-checkout=off


def guard_clause(user):
    if not client.variation("new-checkout", user, False):
        raise Off()
    charge_v2(user)  #~ gated new-checkout=on


def logic(user, admin):
    on = client.variation("new-checkout", user, False)
    if on and admin:
        a(user)  #~ gated new-checkout=on
    if on or admin:
        b(user)  #~ ungated
    if not on and admin:
        c(user)  #~ gated new-checkout=off
    if on is True:
        d(user)  #~ gated new-checkout=on
    if on == False:
        e(user)  #~ gated new-checkout=off
    if bool(on):
        f(user)  #~ gated new-checkout=on


def conditional_expression(user):
    on = client.variation("new-checkout", user, False)
    return (
        total_v2(user)  #~ gated new-checkout=on
        if on
        else total(user)  #~ gated new-checkout=off
    )


def walrus(user):
    if (on := client.variation("new-checkout", user, False)):
        charge_v2(user)  #~ gated new-checkout=on


def reassigned(user, force):
    on = client.variation("new-checkout", user, False)
    if force:
        on = True
    if on:
        charge_v2(user)  #~ ungated


def loop(users):
    for user in users:
        if not client.variation("new-checkout", user, False):
            continue
        charge_v2(user)  #~ gated new-checkout=on
    done(users)  #~ ungated


def request_flag(request):
    if waffle.flag_is_active(request, "new-checkout"):
        return charge_v2(request)  #~ gated new-checkout=on
    return charge(request)  #~ gated new-checkout=off


def variations(user):
    variant = client.variation("checkout-variant", user, "control")
    match variant:
        case "fast":
            return fast(user)  #~ gated checkout-variant=on
        case "control":
            return slow(user)  #~ gated checkout-variant=off
        case _:
            return other(user)  #~ ungated


def nested(user):
    on = client.variation("new-checkout", user, False)

    def inner():
        if on:
            return charge_v2(user)  #~ gated new-checkout=on
        return charge(user)  #~ gated new-checkout=off

    return inner
