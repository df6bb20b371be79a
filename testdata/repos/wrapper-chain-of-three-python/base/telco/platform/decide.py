from telco.platform.sdk import raw_flag


def decide(name):
    return raw_flag(feature=name)
