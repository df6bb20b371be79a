from waffle import switch_is_active


def may(user):
    if not switch_is_active("strict"):
        return True
    return user.is_staff
