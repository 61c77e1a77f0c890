"""`manage.py esporta_hsds FILE`: the published services as an HSDS tabular data package."""

from pathlib import Path

from django.core.management.base import BaseCommand

from risorse.hsds.pacchetto.esci import scrivi_pacchetto


class Command(BaseCommand):
    """The same package as at the public address; the same content gives the same bytes."""

    help = "Scrive i servizi pubblicati in un pacchetto di dati HSDS 3.x (zip di CSV con datapackage.json)."

    def add_arguments(self, parser):
        """Where to."""
        parser.add_argument("file", type=Path, help="lo zip da scrivere")

    def handle(self, *, file, **opzioni):
        """Print how many rows each table has."""
        with file.open("wb") as uscita:
            for tabella, quante in scrivi_pacchetto(uscita).items():
                self.stdout.write(f"{tabella}: {quante}")
