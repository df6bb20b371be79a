# Values on their way from the flag to the condition: assigned later, taken out of tuples.
import asyncio

import ldclient

client = ldclient.get()


def assigned_once(user):
    on = None
    on = client.variation("tax", user, False)
    if on:
        one()  #~ gated tax=on
    else:
        two()  #~ gated tax=off


def assigned_in_try(user):
    on = False
    try:
        on = client.variation("tax", user, False)
    except ValueError:
        on = False
    if not on:
        return two()  #~ ungated
    return one()  #~ gated tax=on


def handled(user):
    try:
        on = client.variation("tax", user, False)
    except ValueError:
        on = True
    if on:
        one()  #~ ungated
    else:
        two()  #~ gated tax=off


def overwritten(user):
    on = client.variation("tax", user, False)
    on = another()
    if on:
        one()  #~ ungated


def other_operators(user):
    on = client.variation("tax", user, False)
    on |= another()
    if on:
        one()  #~ ungated
    either = client.variation("tax", user, False)
    either = either or another()
    if either:
        two()  #~ ungated
    both = client.variation("tax", user, False)
    both = both and another()
    if both:
        three()  #~ gated tax=on


def one_of_many(user):
    on = client.variation("tax", user, False)
    for on in answers():
        if on:
            one()  #~ ungated


def caught(user):
    on = None
    try:
        load()
    except ValueError as on:
        log(on)
    if on:
        one()  #~ ungated


def given_elsewhere(user):
    on = client.variation("tax", user, False)

    def reset():
        nonlocal on
        on = another()

    reset()
    if on:
        one()  #~ ungated


module_on = client.variation("tax", None, False)


def set_module():
    global module_on
    module_on = another()
    if module_on:
        two()  #~ ungated


def use_module():
    if module_on:
        one()  #~ ungated


async def together(user):
    account, on = await asyncio.gather(load(user), client.variation("tax", user, False))
    if on:
        one(account)  #~ gated tax=on
    else:
        two()  #~ gated tax=off
    if account:
        three()  #~ ungated
    first, maybe = await asyncio.gather(load(user), client.variation("tax", user, False), return_exceptions=True)
    if maybe:
        one(first)  #~ ungated
    many, last = await asyncio.gather(*loads(), client.variation("tax", user, False))
    if last:
        one(many)  #~ ungated


def tuples(user):
    on, error = client.variation("tax", user, False), None
    if on:
        one()  #~ gated tax=on
    if error:
        two()  #~ ungated
    total, flag = (1 + count(user), client.variation("tax", user, False))
    if total:
        one()  #~ ungated
    if flag:
        two()  #~ gated tax=on
    first, *rest = client.variation("tax", user, False), another()
    if rest:
        one()  #~ ungated
    if first:
        two()  #~ gated tax=on


def constants(user):
    flag = client.variation("tax", user, False)
    if False or flag:
        one()  #~ gated tax=on
    if flag or True:
        two()  #~ ungated
