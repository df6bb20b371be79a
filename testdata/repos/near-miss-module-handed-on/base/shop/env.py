import shop.tips
from shop.templates import environment

environment.globals.update(vars(shop.tips))
