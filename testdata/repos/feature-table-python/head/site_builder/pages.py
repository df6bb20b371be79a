from site_builder.models import Feature


class Builder:
    def build(self, pages):
        if self.project.has_feature(Feature.SKIP_EMPTY_PAGES):
            pages = [page for page in pages if page.content]
        for page in pages:
            self.write(page)
