from flagsmith import Flagsmith

flagsmith = Flagsmith(environment_key="ser.telco")


def raw_flag(feature):
    return flagsmith.get_environment_flags().is_feature_enabled(feature)
