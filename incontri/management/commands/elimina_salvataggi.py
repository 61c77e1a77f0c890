"""`manage.py elimina_salvataggi`: what was typed in the minutes and never saved is kept for a month."""

from django.core.management.base import BaseCommand

from incontri.servizi.salvataggi import scaduti


class Command(BaseCommand):
    """Erases old drafts of the autosave; to be run every day (docs/gestione.md)."""

    help = "Cancella i testi dei verbali scritti e mai salvati, dopo trenta giorni."

    def handle(self, **opzioni):
        """Say how many were erased."""
        self.stdout.write(f"Testi non salvati cancellati: {scaduti()}.")
