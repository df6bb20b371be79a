import waffle


def finish(order):
    order.close()
    for item in order.items:
        if item.is_gift and waffle.switch_is_active("gift_notes"):
            print_note(item)
