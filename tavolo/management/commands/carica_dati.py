"""`manage.py carica_dati dati/`: the territory of a portal, from its files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from tavolo.servizi.caricamento import FILE, carica, leggi_cartella


class Command(BaseCommand):
    """Loads a folder of CSV and GeoJSON files, whole or not at all; loading it again changes nothing."""

    help = f"Carica i dati del territorio da una cartella. File: {', '.join(FILE)}."

    def add_arguments(self, parser):
        """The folder, and whether to only try."""
        parser.add_argument("cartella", type=Path, help="cartella con i file")
        parser.add_argument("--prova", action="store_true", help="controlla i file senza salvare niente")

    def handle(self, *, cartella, prova, **opzioni):
        """Print what each file brings; with errors print them all and exit with 1, nothing saved."""
        if not cartella.is_dir():
            raise CommandError(f"La cartella «{cartella}» non c'è.")
        caricamento = carica(leggi_cartella(cartella), prova=prova)
        for avviso in caricamento.avvisi:
            self.stderr.write(self.style.WARNING(avviso))
        if caricamento.errori:
            for errore in caricamento.errori:
                self.stderr.write(errore)
            raise CommandError(f"Errori: {len(caricamento.errori)}. Niente è stato salvato.")
        if not caricamento.file:
            raise CommandError(f"Nella cartella «{cartella}» non c'è nessun file da caricare.")
        for uno in caricamento.file:
            self.stdout.write(f"{uno.nome}: {uno.nuove} nuove, {uno.aggiornate} aggiornate, {uno.invariate} invariate")
        if prova:
            self.stdout.write("Prova: niente è stato salvato.")
