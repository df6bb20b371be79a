from cinema.flags import BULK_REFUNDS, is_on


def nightly(shows):
    for show in shows:
        if not is_on(BULK_REFUNDS):
            show.refund_next_batch()
