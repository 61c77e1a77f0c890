"""`manage.py invia_newsletter`: send the mails of the newsletter that wait; every few minutes, by a timer."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from incontri.servizi.newsletter.iscrizioni import da_rispondere, rispondi
from incontri.servizi.newsletter.spedizioni import da_spedire, spedisci
from tavolo.base.indirizzi import manca_alla_posta


class Command(BaseCommand):
    """Mail what waits; what has left is not sent again."""

    help = "Manda i numeri della newsletter avviati, e le risposte a chi si iscrive che non sono partite subito."

    def add_arguments(self, parser):
        """How many at most."""
        parser.add_argument(
            "--limite", type=int, default=None, help="Al massimo tante e-mail per numero, in questa esecuzione."
        )

    def handle(self, **opzioni):
        """Send and count; exit with 1 if a mail did not leave, or if the settings cannot make any leave."""
        if manca := manca_alla_posta(prova=False):
            raise CommandError(manca)
        errori = 0
        with translation.override(settings.LANGUAGE_CODE):
            risposte = [esito for pk in da_rispondere() if (esito := rispondi(pk)) is not None]
            errori += sum(1 for esito in risposte if esito)
            for numero in da_spedire():
                esiti = list(spedisci(numero, limite=opzioni["limite"]))
                fallite = [esito for esito in esiti if esito.errore]
                errori += len(fallite)
                self.stdout.write(f"{numero}: {len(esiti) - len(fallite)} mandate, {len(fallite)} non partite.")
                if any(esito.ferma for esito in esiti):
                    self.stderr.write("Il server della posta non risponde: le altre aspettano la prossima esecuzione.")
        if risposte:
            self.stdout.write(f"Risposte a chi si iscrive: {len(risposte)}.")
        if errori:
            raise CommandError(f"E-mail non mandate: {errori}.")
