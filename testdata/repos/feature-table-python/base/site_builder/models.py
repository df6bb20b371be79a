from django.db import models
from django.utils.translation import gettext_lazy as _


class Feature(models.Model):
    FUZZY_SEARCH = "fuzzy_search"

    FEATURES = (
        (FUZZY_SEARCH, _("Search is fuzzy by default")),
    )

    feature_id = models.CharField(max_length=255, unique=True)
