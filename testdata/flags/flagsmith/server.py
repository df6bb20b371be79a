from flagsmith import Flagsmith

flagsmith = Flagsmith(environment_key="key")


def page(user, vectorizer):
    flags = flagsmith.get_identity_flags(identifier=user.id)
    if flags.is_feature_enabled("new_page"):  #~ flag flagsmith new_page
        return flags.get_feature_value("copy")  #~ flag flagsmith copy
    return vectorizer.get_feature_names(), user.get_feature("x")
