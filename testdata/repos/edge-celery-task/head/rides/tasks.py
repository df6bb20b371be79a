from celery import shared_task

from rides.bank import send_payout
from rides.models import Driver


@shared_task
def settle_driver(driver_id):
    driver = Driver.objects.get(id=driver_id)
    tips = driver.tips_of_today()
    send_payout(driver.iban, driver.balance + tips)
