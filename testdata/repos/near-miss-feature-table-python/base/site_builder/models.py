from django.db import models
from django.utils.translation import gettext_lazy as _


class Feature(models.Model):
    FUZZY_SEARCH = "fuzzy_search"

    FEATURES = (
        (FUZZY_SEARCH, _("Search is fuzzy by default")),
    )
    FORMATS = (
        ("pdf", _("As a book")),
    )
