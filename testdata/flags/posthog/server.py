from posthog import Posthog

posthog = Posthog("key")


def page(user, frame):
    if posthog.feature_enabled("new-page", user.id):  #~ flag posthog new-page
        return posthog.get_feature_flag("cta", user.id)  #~ flag posthog cta
    posthog.capture(user.id, "new-page")
    return frame.feature_names
