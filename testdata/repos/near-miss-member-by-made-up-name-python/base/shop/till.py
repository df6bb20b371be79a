from shop.tips import Tips


def run(action):
    method = getattr(Tips(), f"set{action}")
    method(None, 2)


run("tle")
