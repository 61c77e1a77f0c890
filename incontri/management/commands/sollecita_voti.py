"""`manage.py sollecita_voti`: ask the enti that have not voted yet, once a week; daily or weekly, by a timer."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from incontri.servizi.rilevazioni.promemoria import lettera, spedisci, tutte_da_chiedere
from tavolo.base.indirizzi import manca_alla_posta, portale


class Command(BaseCommand):
    """Mail the enti whose votes are missing; running it again the same week mails nothing."""

    help = "Ricorda agli enti i bisogni che devono ancora valutare: una volta alla settimana."

    def add_arguments(self, parser):
        """Whether to only show what would be sent."""
        parser.add_argument("--prova", action="store_true", help="mostra le e-mail senza mandarle")

    def handle(self, *, prova, **opzioni):
        """Send and say what was sent; exit with 1 if a mail did not leave, or if the settings cannot make any leave."""
        if manca := manca_alla_posta(prova=prova):
            raise CommandError(manca)
        with translation.override("it"):
            richieste = tutte_da_chiedere(timezone.localdate())
            if not richieste:
                self.stdout.write("Niente da mandare.")
            elif prova:
                for richiesta in richieste:
                    oggetto, testo = lettera(richiesta, portale())
                    self.stdout.write(f"A: {', '.join(richiesta.indirizzi)}\nOggetto: {oggetto}\n\n{testo}")
                self.stdout.write("Prova: niente è stato mandato.")
            else:
                self._manda(richieste)

    def _manda(self, richieste):
        fallite = 0
        for richiesta, errore in spedisci(richieste):
            fallite += bool(errore)
            uscita = self.stderr if errore else self.stdout
            uscita.write(f"{richiesta.ente}: {f'NON mandata: {errore}' if errore else 'mandata'}.")
        if fallite:
            raise CommandError(f"E-mail non mandate: {fallite} su {len(richieste)}.")
