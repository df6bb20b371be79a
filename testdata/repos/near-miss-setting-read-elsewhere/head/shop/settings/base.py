import os

DEBUG = False
CHARGE_EXEMPT_USERS = os.environ.get("CHARGE_EXEMPT_USERS", "").split(",")
