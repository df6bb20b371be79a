from statsig import statsig
from statsig.statsig_user import StatsigUser

from .settings import settings


def page(user_id):
    user = StatsigUser(user_id)
    if statsig.check_gate(user, "new_page"):  #~ flag statsig new_page
        return statsig.get_config(user, "limits")  #~ flag statsig limits
    return settings.get_config("limits")
