import waffle


def finish(order):
    order.close()
    for item in order.items:
        item.is_done = True
        if waffle.switch_is_active("gift_notes"):
            print_note(item)
