"""`manage.py elimina_iscrizioni`: addresses of the newsletter are kept as long as the privacy page says, and no longer."""

from django.core.management.base import BaseCommand

from incontri.servizi.newsletter.iscrizioni import elimina_scadute


class Command(BaseCommand):
    """Erases requests nobody confirmed, and the addresses of who unsubscribed; to be run every day (docs/gestione.md)."""

    help = "Cancella le iscrizioni alla newsletter mai confermate, e gli indirizzi di chi ha disdetto da tempo."

    def handle(self, **opzioni):
        """Say how much was erased."""
        eliminate = elimina_scadute()
        self.stdout.write(
            f"Iscrizioni mai confermate cancellate: {eliminate.non_confermate}. "
            f"Indirizzi di chi ha disdetto cancellati: {eliminate.indirizzi}."
        )
