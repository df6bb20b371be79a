from django.db import migrations

NAME = "pay_by_invoice"


def add(apps, schema_editor):
    Switch = apps.get_model("waffle", "Switch")
    if not Switch.objects.filter(name=NAME).exists():
        Switch.objects.create(name=NAME, active=True)


def drop(apps, schema_editor):
    Switch = apps.get_model("waffle", "Switch")
    Switch.objects.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [("shop", "0006_tills")]

    operations = [migrations.RunPython(add, drop)]
