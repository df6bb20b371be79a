import os

NEW_TAX = os.getenv("SHOP_NEW_TAX") == "1"
