from waffle import switch_is_active


def may(user):
    return user.is_staff
