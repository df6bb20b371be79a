from waffle import switch_is_active


def check(user):
    if not user.is_staff:
        raise PermissionError("no")
