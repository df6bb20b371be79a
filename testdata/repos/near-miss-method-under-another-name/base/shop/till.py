from shop.tips import Tips

Tips().pay(None, 2)
