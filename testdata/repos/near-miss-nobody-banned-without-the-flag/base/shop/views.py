from waffle import switch_is_active


def is_banned(user):
    return user.banned
