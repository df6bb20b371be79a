def branches(a, b):
    if a:
        one()
    elif b:
        two()
    elif not b:
        two()
    else:
        # why
        three()
    if a: return
    if not a and b or (a is None):
        raise ValueError("x") from error
    chosen = one() if a else two()
    if a == "on" or a != 1 or a is not None or a is True or a in b or a not in b or a < 1:
        pass
    chained = a == b == c
    ranged = 0 < a == b
    shown = [x for x in xs if a if b]
    keyed = {x: y for x, y in xs if a}
    unique = {x for x in xs}
    lazy = (x for x in xs if x.on)
    while a:
        break
    else:
        done()
    for x in xs:
        continue
    match a:
        case "treatment" | "other":
            one()
        case Color.RED:
            two()
        case 1 if b:
            two()
        case {"kind": "x", **rest}:
            two()
        case Point(x=0) as point:
            two()
        case [first, *others]:
            two()
        case None | True:
            two()
        case name:
            two()
        case _:
            three()
    if a:
        raise
    assert a, "text"
    return a, b


def more(a):
    if a is None:
        raise ValueError("x")
    kept = {x for x in xs if x}
    match a:
        case Color.RED | Color.BLUE:
            pass
        case Point() as point:
            pass
