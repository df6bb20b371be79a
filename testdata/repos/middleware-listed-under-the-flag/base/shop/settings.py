import environ

env = environ.Env()

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
]
