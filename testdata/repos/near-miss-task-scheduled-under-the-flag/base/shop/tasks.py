from celery import shared_task


@shared_task
def nightly():
    close_day()
