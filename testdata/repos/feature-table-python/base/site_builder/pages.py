from site_builder.models import Feature


class Builder:
    def build(self, pages):
        for page in pages:
            self.write(page)
