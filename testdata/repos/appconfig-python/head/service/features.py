from aws_lambda_powertools.utilities.feature_flags import AppConfigStore, FeatureFlags

feature_flags = FeatureFlags(store=AppConfigStore(environment="prod", application="shop", name="flags"))
