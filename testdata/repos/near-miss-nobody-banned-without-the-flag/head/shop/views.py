from waffle import switch_is_active


def is_banned(user):
    return switch_is_active("bans") and user.banned
