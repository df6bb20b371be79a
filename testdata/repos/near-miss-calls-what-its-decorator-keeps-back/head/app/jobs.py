from app.validators import check_daily_limit, check_yearly_limit


def create_job(service, rows):
    check_yearly_limit(service, len(rows))
    check_daily_limit(service, len(rows))
    return start(service, rows)
