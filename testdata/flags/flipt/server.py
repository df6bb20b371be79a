from flipt_client import FliptClient

client = FliptClient()


def page(user, model):
    if client.evaluate_boolean(flag_key="new-page", entity_id=user.id, context={}).enabled:  #~ flag flipt new-page
        return 1
    return model.evaluate("x")
