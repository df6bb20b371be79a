from django.db import models
from django.utils.translation import gettext_lazy as _


class Feature(models.Model):
    FUZZY_SEARCH = "fuzzy_search"
    SKIP_EMPTY_PAGES = "skip_empty_pages"

    FEATURES = (
        (FUZZY_SEARCH, _("Search is fuzzy by default")),
        (SKIP_EMPTY_PAGES, _("Pages without any content are left out")),
    )
    FORMATS = (
        ("pdf", _("As a book")),
        ("epub", _("For readers")),
    )
