"""Django migrations."""
from django.db import migrations, models


def forwards(apps, schema_editor):
    return None


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]


additive = [
    migrations.AddField("order", "state", models.CharField(max_length=20, null=True)),  #~ area schema:high
]

widened = [
    migrations.AlterField("order", "name", models.CharField(max_length=1024)),  #~ area schema:high
]

required = [
    migrations.AddField("order", "region", models.ForeignKey("shop.Region")),  #~ area schema:critical
]

dropped = [
    migrations.RemoveField("order", "legacy"),  #~ area schema:critical
]

rewritten = [
    migrations.RunPython(forwards),  #~ area schema:critical
]

switched = [
    migrations.RunPython(create_switch, delete_switch),
]

rewritten_by_sql = [
    migrations.RunSQL("UPDATE orders SET state = 'new'"),  #~ area schema:critical
]
