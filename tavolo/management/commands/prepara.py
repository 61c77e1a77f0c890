"""`manage.py prepara`: bring the database up to this version of the code."""

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from incontri.models.posa_sigilli import posa


class Command(BaseCommand):
    """Migrations, the seals of what is approved, the table of the shared cache, the index of the search: once after every installation and upgrade."""

    help = "Porta il database alla versione del codice: da eseguire dopo ogni installazione e aggiornamento."

    def handle(self, *args, **options):
        """Every step can be repeated without harm."""
        call_command("migrate", interactive=False, verbosity=options["verbosity"])
        posa(connection)
        call_command("createcachetable", verbosity=options["verbosity"])
        call_command("ricostruisci_indice", verbosity=options["verbosity"])
