"""`manage.py elimina_scaduti`: what the public sent is kept as long as the privacy page says, and no longer."""

from django.core.management.base import BaseCommand

from referenti.servizi.adesioni import elimina_scadute
from risorse.servizi.segnalazioni import elimina_scaduti


class Command(BaseCommand):
    """Erases votes, reports, addresses and requests to join whose time is over; to be run every day (docs/gestione.md)."""

    help = (
        "Cancella valutazioni e segnalazioni scadute, con la loro storia, e le e-mail di quelle già gestite; le richieste "
        "di adesione mai confermate, e le persone di quelle chiuse da tempo."
    )

    def handle(self, **opzioni):
        """Say how much was erased."""
        eliminati = elimina_scaduti()
        self.stdout.write(
            f"Cancellate: {eliminati.valutazioni} valutazioni, {eliminati.segnalazioni} segnalazioni, "
            f"{eliminati.email} indirizzi e-mail."
        )
        adesioni = elimina_scadute()
        self.stdout.write(
            f"Richieste di adesione: {adesioni.non_confermate} mai confermate cancellate, "
            f"{adesioni.persone} chiuse rimaste senza i dati delle persone."
        )
