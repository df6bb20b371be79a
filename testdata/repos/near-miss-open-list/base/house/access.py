from waffle import switch_is_active

OPEN = {"rent-by-area"}


def allows(name):
    if name in OPEN:
        return True
    return switch_is_active(name)
