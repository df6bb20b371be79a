import ldclient
from ldclient import Context
from ldclient.config import Config

from .keys import NEW_REPORT

CHECKOUT = "new-checkout"
ldclient.set_config(Config("key"))


def checkout(user, product):
    context = Context.builder(user.id).build()
    if ldclient.get().variation(CHECKOUT, context, False):  #~ flag launchdarkly new-checkout via=CHECKOUT default=False value
        return 1
    client = ldclient.get()
    detail = client.variation_detail("with-detail", context, False).value  #~ flag launchdarkly with-detail value
    report = client.variation(NEW_REPORT, context, default=False)  #~ flag launchdarkly NEW_REPORT unresolved default=False
    # client.variation("commented-out", context, False)
    print("client.variation('text', context, False)")
    return detail, report, product.flags


class Service:
    def __init__(self, ld_client):
        self.ld_client = ld_client

    def on(self, key, context):
        return self.ld_client.variation(key, context, False)  #~ flag launchdarkly ?key
