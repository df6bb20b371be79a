from shop.tips import pay_tips

pay_tips(USER, STORE)
