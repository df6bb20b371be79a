from waffle import switch_is_active


def line_refunds():
    return switch_is_active("line_refunds")
