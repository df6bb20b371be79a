# A list of which one line changes is what is set.
AUTHENTICATION_BACKENDS = [
    "shop.backends.Mail",
    "shop.backends.Phone",  #~ area auth:critical
]

COLOURS = [
    "red",
    "green",
]

MIDDLEWARE = [
    "django.middleware.gzip.GZipMiddleware",
    "doors.middleware.AdminIPRestrictorMiddleware",  #~ area auth:critical
]
