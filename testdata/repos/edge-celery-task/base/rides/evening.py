import ldclient
from ldclient import Context

from rides.models import Driver
from rides.tasks import settle_driver


def close_day():
    if ldclient.get().variation("daily-settlement", Context.create("rides"), False):
        for driver in Driver.objects.working_today():
            settle_driver.delay(driver.id)
