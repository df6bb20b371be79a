import waffle
from celery import Celery

app = Celery("shop")
app.conf.beat_schedule = {
    "nightly": {"task": "shop.tasks.nightly", "schedule": 86400},
}
if waffle.switch_is_active("sweep_carts"):
    app.conf.beat_schedule["sweep"] = {"task": "shop.tasks.sweep_old_carts", "schedule": 3600}
