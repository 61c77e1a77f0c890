"""`manage.py prepara`: bring the database up to this version of the code."""

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Run the migrations and make the table of the shared cache: once after every installation and upgrade."""

    help = "Porta il database alla versione del codice: da eseguire dopo ogni installazione e aggiornamento."

    def handle(self, *args, **options):
        """Both steps can be repeated without harm."""
        call_command("migrate", interactive=False, verbosity=options["verbosity"])
        call_command("createcachetable", verbosity=options["verbosity"])
