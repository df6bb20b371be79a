import os

import flask_featureflags as feature
from django.conf import settings
from flask import current_app, g

from lib import featureflags


# Flags that a configuration holds, under names that say so.
def configured(request, env, experiment):
    if current_app.config["FF_NEW_TAX"] or current_app.config.get("FF_OFFERS", False):  #~ flag in-house FF_NEW_TAX; flag in-house FF_OFFERS default=False
        return settings.FF_TIPS  #~ flag in-house FF_TIPS
    if settings.FEATURE_NEW_CART:  #~ flag in-house FEATURE_NEW_CART
        return settings.FLAGS["new-totals"]  #~ flag in-house new-totals
    if not request.feature("new_profile"):  #~ flag in-house new_profile
        return os.getenv("FF_SEARCH")  #~ flag in-house FF_SEARCH
    if feature.is_active("new-mail") and featureflags.is_enabled("new-icons"):  #~ flag in-house new-mail; flag in-house new-icons
        return env.bool("FEATURE_HEADER", False)  #~ flag in-house FEATURE_HEADER default=False
    if flag_disabled("OLD_ADMIN"):  #~ flag in-house OLD_ADMIN off
        return flag_state("NEW_ADMIN")  #~ flag in-house NEW_ADMIN
    if g.flags["new-footer"]:  #~ flag in-house new-footer
        return config.feature_flags.new_payouts  #~ flag in-house new_payouts
    # Settings, and what only looks like it.
    image = settings.FEATURE_IMAGE
    command = [current_app.config["FFMPEG"], settings.FEATURES_URL, env.bool("DEBUG"), config.offset]
    if settings.FEATURE_IMAGE or os.environ["FEATURE_SERVICE_URL"] or os.getenv("FF_MPEG_PATH") or env.bool("FEATURES"):
        return [current_app.config["FF_TIMEOUT_SECONDS"], settings.FF_EXPORT_DIR, config.get("FF_PROBE")]
    return [image, command, settings.FEATURES, re.compile("x").flags, experiment.feature]


class Config:
    FF_NEW_TAX = env.bool("FF_NEW_TAX", False)  #~ defines in-house FF_NEW_TAX default=False; flag in-house FF_NEW_TAX default=False
    FF_TIPS = True  #~ defines in-house FF_TIPS default=True
    FF_LABEL = "tips"

    def use(self):
        FF_LOCAL = True
        return FF_LOCAL
