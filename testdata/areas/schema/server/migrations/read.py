# What is read changes nothing.
def rows(op):
    return op.get_bind()
