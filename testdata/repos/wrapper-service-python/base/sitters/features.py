import ldclient
from ldclient import Context


class FeatureService:
    def is_enabled(self, name, user_id="system"):
        context = Context.builder(user_id).build()
        return ldclient.get().variation(name, context, False)


feature_service = FeatureService()
