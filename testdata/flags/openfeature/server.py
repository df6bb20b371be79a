from openfeature import api
from openfeature.evaluation_context import EvaluationContext

client = api.get_client()


def checkout(user, settings):
    context = EvaluationContext(user.id)
    if client.get_boolean_value("new-checkout", False, context):  #~ flag openfeature new-checkout default=False
        return 1
    flag = client.get_string_details(flag_key="copy", default_value="a")  #~ flag openfeature copy default="a"
    return flag.value, settings.get_string("copy")
