from app.features import only_with


@only_with("FF_YEARLY_LIMIT")
def check_yearly_limit(service, requested):
    if service.sent_this_year() + requested > service.yearly_limit:
        raise TooMany(service.yearly_limit)


def check_daily_limit(service, requested):
    if service.sent_today() + requested > service.daily_limit:
        raise TooMany(service.daily_limit)
