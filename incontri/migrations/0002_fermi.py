"""The seals of what is approved: see `incontri.models.sigilli`."""

from django.db import migrations

from incontri.models.posa_sigilli import posa, togli


def _posa(apps, editor):
    posa(editor.connection)


def _togli(apps, editor):
    togli(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("incontri", "0001_initial")]
    operations = [migrations.RunPython(_posa, _togli)]
