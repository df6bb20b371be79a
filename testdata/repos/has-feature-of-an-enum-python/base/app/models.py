from django.db import models


class Feature(models.Model):
    """Project feature flags."""

    USE_LATEST = "use_latest"
    NO_INDEX = "no_index"

    FEATURES = ((USE_LATEST, "Use the latest"), (NO_INDEX, "No index"))

    projects = models.ManyToManyField("Project", blank=True)
    feature_id = models.CharField(max_length=255, unique=True)


class Project(models.Model):
    def has_feature(self, feature_id):
        return self.features.filter(feature_id=feature_id).exists()

    def get_feature_value(self, feature, positive, negative):
        return positive if self.has_feature(feature) else negative
