from growthbook import GrowthBook


def page(user, switch):
    gb = GrowthBook(attributes={"id": user.id})
    if gb.is_on("new-page"):  #~ flag growthbook new-page
        return gb.get_feature_value("copy", "hi")  #~ flag growthbook copy default="hi"
    return switch.state
