class RuleBook:
    def __init__(self, rules):
        self.rules = rules

    def allows(self, name):
        return name in self.rules
