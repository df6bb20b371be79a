from devcycle_python_sdk import DevCycleLocalClient, DevCycleLocalOptions

client = DevCycleLocalClient("key", DevCycleLocalOptions())


def page(user, env):
    if client.variable_value(user, "new-page", False):  #~ flag devcycle new-page default=False
        return 1
    return env.variable("PATH", "x")
