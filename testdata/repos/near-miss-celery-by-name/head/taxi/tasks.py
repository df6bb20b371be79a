from celery import shared_task

from taxi.bank import send_payout
from taxi.models import Driver


@shared_task
def settle_driver():
    for driver in Driver.objects.unpaid():
        send_payout(driver.iban, driver.balance + driver.tips)
