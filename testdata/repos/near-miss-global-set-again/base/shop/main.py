from shop import tips

tips.force()
tips.pay_tip(None, 2)
