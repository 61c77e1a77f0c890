"""`manage.py ricostruisci_indice`: the index of the search, made again from the cards."""

from django.core.management.base import BaseCommand
from django.db import transaction

from risorse.models import TestoRicerca
from risorse.ricerca.indice import indicizza
from tavolo.base.contenuto import cambiato


class Command(BaseCommand):
    """Index every published service: after a restore, or after writing to the database behind the portal's back."""

    help = "Rifà l'indice della ricerca dalle schede pubblicate."

    def handle(self, *args, **options):
        """Write only the rows that are not right already, and say how many."""
        with transaction.atomic():
            cambiate = indicizza()
            if cambiate:
                cambiato()
        if options["verbosity"]:
            self.stdout.write(f"Indice della ricerca: {TestoRicerca.objects.count()} servizi, {cambiate} aggiornati.")
