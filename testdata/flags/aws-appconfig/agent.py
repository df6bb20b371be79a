import json
import urllib.request

import requests

URL = "http://localhost:2772/applications/shop/environments/prod/configurations/flags"


def handler(event):
    flags = requests.get(URL).json()
    if flags["new_checkout"]["enabled"]:  #~ flag aws-appconfig new_checkout
        return 1
    config = json.loads(urllib.request.urlopen(f"http://localhost:2772/applications/a/environments/{event}/configurations/c").read())
    other = requests.get("https://example.com/applications").json()
    return not config["new_tax"] or other["new_checkout"]["enabled"]  #~ flag aws-appconfig new_tax
