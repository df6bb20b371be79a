import argparse
import re

from django.conf import settings
from rollouts import NO_PREPROCESS
from shared.rollouts import Feature

from .flags import is_on

UPLOAD = Feature("upload_v2")  #~ defines in-house upload_v2


def run(organization, repository, features, actor, model):
    if organization.feature_settings.get("sso_enabled", False):  #~ flag in-house sso_enabled default=False
        return 1
    if organization.feature_settings["meter_cycling"]:  #~ flag in-house meter_cycling
        return 2
    if NO_PREPROCESS.check_value(identifier=repository.id, default=True):  #~ flag in-house NO_PREPROCESS unresolved
        return 3
    if UPLOAD.check_value(identifier=repository.id):  #~ flag in-house upload_v2 via=UPLOAD
        return 4
    if features.has("organizations:wide", organization, actor=actor):  #~ flag in-house organizations:wide
        return 5
    if settings.FEATURES.get("ENABLE_BADGES", False) or is_on("badges"):  #~ flag in-house ENABLE_BADGES default=False; flag in-house badges
        return 6
    if is_feature_enabled("new-run", organization):  #~ flag in-house new-run
        return 7
    if is_user_feature_flag_active(user=actor, code="user-run"):  #~ flag in-house user-run
        return 8
    organization.feature_settings["written"] = True
    parser = argparse.ArgumentParser()
    parser.add_argument("--flags", default="x")
    flags = re.IGNORECASE | parser.parse_args().flags
    return flags, model.features["length"], model.get_feature("x"), NO_PREPROCESS.name


def is_feature_enabled(name, organization):
    return organization.feature_settings.get(name, False)  #~ flag in-house ?name default=False


def toggles(request, dataset, args):
    if settings.FEATURE_FLAGS["new_login"]:  #~ flag in-house new_login
        return 1
    if args.flags.get("verbose") or dataset.features["label"] or request.flags.get("x"):
        return 2
    # if is_feature_enabled("commented_out"):
    log.info('is_feature_enabled("in_text") is off')
    return settings.DEBUG
