"""`manage.py avvisa_adesioni`: send the mails about requests to join that did not leave at once; hourly, by a timer."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from referenti.servizi.avvisi_adesioni import da_spedire, spedisci
from tavolo.base.indirizzi import manca_alla_posta


class Command(BaseCommand):
    """Mail what waits; what has left is not sent again."""

    help = "Manda le e-mail sulle richieste di adesione, e gli inviti dei nuovi referenti, che non sono partiti subito."

    def handle(self, **opzioni):
        """Send and say what was sent; exit with 1 if a mail did not leave, or if the settings cannot make any leave."""
        if manca := manca_alla_posta(prova=False):
            raise CommandError(manca)
        with translation.override(settings.LANGUAGE_CODE):
            esiti = [esito for pk in da_spedire() if (esito := spedisci(pk))]
        for esito in esiti:
            if esito.errore:
                self.stderr.write(f"{esito.per}: NON mandata: {esito.errore}. La prossima esecuzione riprova.")
            else:
                self.stdout.write(f"{esito.per}: mandata.")
        fallite = sum(1 for esito in esiti if esito.errore)
        if fallite:
            raise CommandError(f"E-mail non mandate: {fallite} su {len(esiti)}.")
        if not esiti:
            self.stdout.write("Niente da mandare.")
