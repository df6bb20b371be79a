from optimizely import optimizely

client = optimizely.Optimizely(sdk_key="key")


def page(user_id, agent):
    user = client.create_user_context(user_id)
    decision = user.decide("new_page")  #~ flag optimizely new_page
    return decision.enabled and agent.act(user_id)
