import environ

env = environ.Env()

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "shop.middleware.GuestCart",
]
if env.bool("FEATURE_GUEST_CART", default=False):
    MIDDLEWARE.append("shop.middleware.GuestCart")
