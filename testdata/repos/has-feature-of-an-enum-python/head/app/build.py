from app.models import Feature


class Builder:
    def run(self):
        if not self.project.has_feature(Feature.NO_INDEX):
            write_index(self.project)
        return [self.project.get_feature_value(Feature.USE_LATEST, positive="sphinx", negative="sphinx<2")]
