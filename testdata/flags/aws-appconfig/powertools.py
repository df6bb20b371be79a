from aws_lambda_powertools.utilities.feature_flags import AppConfigStore, FeatureFlags

store = AppConfigStore(environment="prod", application="shop", name="features")
feature_flags = FeatureFlags(store=store)


def handler(event, context, model):
    ctx = {"tier": event["tier"]}
    premium = feature_flags.evaluate(name="premium_features", context=ctx, default=False)  #~ flag aws-appconfig premium_features default=False
    return premium, model.evaluate(name="validation", default=None), model.evaluate(event)
