from openfeature import api


async def allows(name):
    return await api.get_client().get_boolean_value_async(name, False)
