from splitio import get_factory

client = get_factory("key").client()


def page(user, patient):
    if client.get_treatment(user.id, "new_page") == "on":  #~ flag split new_page
        return 1
    return patient.treatments, "a-b".split("-")
