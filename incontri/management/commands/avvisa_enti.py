"""`manage.py avvisa_enti`: tell the enti whose mail about minutes or documents did not leave; every hour, by a timer."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from incontri.servizi import avvisi
from incontri.servizi.restituzioni import consultazione
from tavolo.base.indirizzi import manca_alla_posta


class Command(BaseCommand):
    """Mail what is still to be mailed; running it again mails nothing twice."""

    help = "Manda agli enti gli avvisi dei verbali condivisi e dei documenti da commentare che non sono ancora partiti."

    def handle(self, **opzioni):
        """Send and say what was sent; exit with 1 if a mail did not leave, or if the settings cannot make any leave."""
        if manca := manca_alla_posta(prova=False):
            raise CommandError(manca)
        with translation.override(settings.LANGUAGE_CODE):
            esiti = [
                *((a.verbale, a, errore) for a, errore in avvisi.spedisci(avvisi.tutti_da_avvisare())),
                *(
                    (a.restituzione, a, errore)
                    for a, errore in consultazione.spedisci(consultazione.tutti_da_avvisare())
                ),
            ]
        for che_cosa, avviso, errore in esiti:
            chi = f"{avviso.ente}, {che_cosa}"
            if errore:
                self.stderr.write(f"{chi}: NON mandato: {errore}. La prossima esecuzione riprova.")
            else:
                self.stdout.write(f"{chi}: mandato a {len(avviso.indirizzi)}.")
        if not esiti:
            self.stdout.write("Niente da mandare.")
        if falliti := sum(bool(errore) for *_, errore in esiti):
            raise CommandError(f"E-mail non mandate: {falliti} su {len(esiti)}.")
