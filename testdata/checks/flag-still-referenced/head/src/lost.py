A = flags.variation("lost-tax", user, False)
B = flags.variation("lost-tax", user, True)
