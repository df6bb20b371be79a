from devcycle_python_sdk import DevCycleLocalClient, DevCycleLocalOptions

client = DevCycleLocalClient("key", DevCycleLocalOptions())


def page(user, env):
    if client.variable_value(user, "new-page", False):  #~ flag devcycle new-page default=False
        return 1
    return env.variable("PATH", "x")


def named(user):
    on = client.variable(user=user, key="named-page", default_value=False)  #~ flag devcycle named-page default=False
    return on or client.variable(key="key-first", user=user, default_value=True)  #~ flag devcycle key-first default=True
