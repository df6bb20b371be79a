def total(a, b, c):
    return a + b * c


def limits():
    return (30,)
