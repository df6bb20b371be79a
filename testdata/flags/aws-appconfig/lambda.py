import json
import boto3

client = boto3.client("appconfigdata")


def load(token):
    response = client.get_latest_configuration(ConfigurationToken=token)
    return json.loads(response["Configuration"].read())


def handler(event, context):
    config = load(event["token"])
    if config.get("new_checkout", False):  #~ flag aws-appconfig new_checkout default=False
        return 1
    if config["new_tax"]["enabled"]:  #~ flag aws-appconfig new_tax value
        return 2
    banner = config["banner"]  #~ flag aws-appconfig banner
    if banner and event["banner"]:
        return 3
    table = config["table_name"]
    return event.get("new_checkout", False), table, config["regions"][0]


class Settings:
    def __init__(self, token):
        raw = client.get_latest_configuration(ConfigurationToken=token)["Configuration"].read()
        self.config = json.loads(raw.decode("utf-8"))

    def on(self):
        return not self.config["dark_mode"].get("enabled", False)  #~ flag aws-appconfig dark_mode
