"""`manage.py esegui_importazioni`: works at the imports that wait, beside a server that does not."""

import signal
import threading

from django.core.management.base import BaseCommand

from tavolo.base.coda import esegui_tutte
from tavolo.servizi.lavorante import lavora


class Command(BaseCommand):
    """A service of its own, or one turn by timer (docs/gestione.md); `manage.py servi` does it by itself."""

    help = "Esegue le importazioni in coda, finché non viene fermato; con --una-volta solo quelle che ci sono adesso."

    def add_arguments(self, parser):
        """Whether to stop when the queue is empty."""
        parser.add_argument("--una-volta", action="store_true", help="finisci quando la coda è vuota")

    def handle(self, *args, **options):
        """Work until stopped: a running import is finished first, or begun again by whoever comes next."""
        if options["una_volta"]:
            self.stdout.write(f"Importazioni eseguite: {esegui_tutte()}.")
            return
        ferma = threading.Event()
        for segnale in (signal.SIGTERM, signal.SIGINT):
            signal.signal(segnale, lambda *_: ferma.set())
        lavora(ferma)
