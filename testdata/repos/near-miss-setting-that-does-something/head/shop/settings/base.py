import os

DEBUG = False
CHARGE_EXEMPT_USERS = [create_exempt_user("root")]
