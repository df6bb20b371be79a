from enum import StrEnum

from django.db import models
from pydantic import BaseModel, Field


class FeatureFlag(StrEnum):
    NEW_TAX = "new-tax"  #~ defines in-house new-tax
    BANNER = "banner"  #~ defines in-house banner


class OrganizationFeatureSettings(BaseModel):
    sso_enabled: bool = Field(False, description="Single sign-on")  #~ defines in-house sso_enabled default=False
    meters: bool = False  #~ defines in-house meters default=False


FEATURE_FLAGS = {
    "new-search": False,  #~ defines in-house new-search default=False
}
DYNAMIC_DISCOUNT_FLAG = "offer.dynamic_discount"  #~ defines in-house offer.dynamic_discount


class FeatureFlagModel(models.Model):
    name = models.CharField(max_length=100, blank=False)


class CountryFlag(models.Model):
    code = "fr"


class Request:
    flags = {"urgent": False}


def uses(client):
    return is_feature_enabled(FeatureFlag.NEW_TAX.value), feature_enabled(FEATURE_FLAG_KEY)  #~ flag in-house new-tax via=FeatureFlag.NEW_TAX.value; flag in-house FEATURE_FLAG_KEY unresolved
