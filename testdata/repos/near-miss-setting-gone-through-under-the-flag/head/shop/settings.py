import environ

env = environ.Env()

INSTALLED_APPS = [
    "django.contrib.auth",
    "shop.carts",
]

if env.bool("FEATURE_AUDIT", default=False):
    AUDITED = [app for app in INSTALLED_APPS if app.startswith("shop")]
