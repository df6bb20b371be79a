# Who may come in, and as what.
import secrets


def new_key(alphabet):
    api_key = secrets.choice(alphabet)  #~ area auth:critical
    return api_key


def promote(form):
    return create_superuser(form, is_superuser=True)  #~ area auth:critical


def colour(options):
    return choice(options)
