"""Flags that code creates in the database, as migrations do: each declares its key, and its record can be asked."""
from waffle import get_waffle_flag_model

FEATURE = "feature_by_constant"


def forwards(apps, schema_editor):
    Switch = apps.get_model("waffle", "Switch")
    Switch.objects.get_or_create(  #~ defines django-waffle new_switch
        name="new_switch", defaults={"active": False}
    )
    Flag = apps.get_model("waffle", "Flag")
    Flag.objects.create(name=FEATURE)  #~ defines django-waffle feature_by_constant


def asked(user):
    flag, _ = get_waffle_flag_model().objects.get_or_create(name="asked")  #~ defines django-waffle asked
    return flag.is_active_for_user(user)  #~ flag django-waffle asked via=flag


# Near misses: records of something else, and flags that have no name here.
def others(apps, names):
    Role = apps.get_model("auth", "Role")
    Role.objects.get_or_create(name="admin")
    Country.flags.create(name="fr")
    Switch = apps.get_model("waffle", "Switch")
    Switch.objects.filter(name="filtered").delete()
    for name in names:
        Switch.objects.create(name=name)
