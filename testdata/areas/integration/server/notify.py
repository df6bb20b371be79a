# How others are told.


def remind(profile):
    profile.send_instant_login_link(address)  #~ area integration:high


def report(events):
    trigger_webhooks_async(events)  #~ area integration:high


def tell_first(rows):
    return rows.first


def sender(profile):
    return profile.sender_name
