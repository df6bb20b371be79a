from celery import Celery

app = Celery("shop")
app.conf.beat_schedule = {
    "nightly": {"task": "shop.tasks.nightly", "schedule": 86400},
}
