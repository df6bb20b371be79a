from loans import actions


def run(action, loan):
    getattr(actions, action)(loan)
