from shop.day import close_day

close_day(None, {})
