from flagsmith import Flagsmith

flagsmith = Flagsmith(environment_key="ser.ferry")


def allows(name):
    return flagsmith.get_environment_flags().is_feature_enabled(name)
