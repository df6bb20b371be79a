from telco import platform


def plan_allows(plan, rule):
    return platform.decide(rule)
