from django.conf import settings


def report(users):
    return [user for user in users if user.id in settings.OTHERS]
