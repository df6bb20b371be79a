# Who may come in, and as what.
import secrets


def new_key(alphabet):
    api_key = secrets.choice(alphabet)  #~ area auth:critical
    return api_key


def promote(form):
    return create_superuser(form, is_superuser=True)  #~ area auth:critical


def colour(options):
    return choice(options)


def activate(user, invited):
    user_api.add_user_to_organisation(invited["organisation"], user.id)  #~ area auth


def notice(user, notices):
    notices.add_user_to_count(user.id)
