import configcatclient

client = configcatclient.get("key")


def page(user, form):
    if client.get_value("newPage", False, user):  #~ flag configcat newPage default=False
        return 1
    return form.cleaned_data.get("newPage")
