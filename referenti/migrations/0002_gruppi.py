"""The groups that give roles: rows the predicates of `tavolo.base.permessi` look for."""

from django.db import migrations

GRUPPI = ("Coordinamento", "Referenti", "Mediatori")


def crea_gruppi(apps, schema_editor):
    """Make the groups that are not there."""
    Group = apps.get_model("auth", "Group")
    for nome in GRUPPI:
        Group.objects.get_or_create(name=nome)


def togli_gruppi(apps, schema_editor):
    """Remove the groups, and with them who belonged to them."""
    apps.get_model("auth", "Group").objects.filter(name__in=GRUPPI).delete()


class Migration(migrations.Migration):
    """Data migration, reversible."""

    dependencies = (("referenti", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length"))
    operations = (migrations.RunPython(crea_gruppi, togli_gruppi),)
