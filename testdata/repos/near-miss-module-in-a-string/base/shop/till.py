from importlib import import_module

import_module("shop.tips").pay_tip(None, 2)
