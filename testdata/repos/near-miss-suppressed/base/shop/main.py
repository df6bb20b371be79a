from shop import tips

tips.pay_tip(None, 2)
