from app.models import Feature


class Builder:
    def run(self):
        write_index(self.project)
        return ["sphinx<2"]
