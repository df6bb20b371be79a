def page(switch, frame):
    return switch.is_on("kitchen"), frame.get_feature_value("x", 1)
