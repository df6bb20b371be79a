import ldclient

client = ldclient.get()


class Audit:
    def variation(self, key, context, default):
        return default

    def check(self, context):
        return self.variation("own-method", context, False)


class Recorder(Audit):
    pass


class Foreign(SomeBase):
    pass


audit_client = Audit()
recorder_client = Recorder()
foreign_client = Foreign()


def lookalikes(context):
    audit_client.variation("a", context, False)
    recorder_client.variation("b", context, False)
    return Audit().variation("c", context, False)


class Holder:
    def __init__(self, given_client):
        self.audit_client = Audit()
        self.given_client = given_client

    def open(self, context):
        self.audit_client.variation("d", context, False)
        self.given_client.variation("one", context, False)  #~ flag launchdarkly one
        foreign_client.variation("two", context, False)  #~ flag launchdarkly two
        return client.variation("three", context, False)  #~ flag launchdarkly three
