from celery import Celery
from celery.schedules import crontab

app = Celery("taxi")
app.conf.beat_schedule = {
    "settle": {"task": "taxi.tasks.settle_driver", "schedule": crontab(hour=3)},
}
