from waffle import switch_is_active


def check(user):
    if not switch_is_active("strict"):
        return
    if not user.is_staff:
        raise PermissionError("no")
