"""`manage.py sollecita_impegni`: tell who is late with a commitment, once a week; weekly, by a timer."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from incontri.servizi.solleciti import Lettera, lettere, spedisci
from tavolo.base.indirizzi import manca_alla_posta


class Command(BaseCommand):
    """Mail each person the commitments that are late; running it again the same week mails nothing."""

    help = "Manda a chi è in ritardo l'elenco dei suoi impegni: una volta alla settimana."

    def add_arguments(self, parser):
        """Whether to only show what would be sent."""
        parser.add_argument("--prova", action="store_true", help="mostra le e-mail senza mandarle")

    def handle(self, *, prova, **opzioni):
        """Send and say what was sent; exit with 1 if a mail did not leave, or if the settings cannot make any leave."""
        if manca := manca_alla_posta(prova=prova):
            raise CommandError(manca)
        with translation.override("it"):
            da_spedire = lettere(timezone.localdate())
            if not da_spedire:
                self.stdout.write("Niente da mandare.")
            elif prova:
                for lettera in da_spedire:
                    self._mostra(lettera)
                self.stdout.write("Prova: niente è stato mandato.")
            else:
                self._manda(da_spedire)

    def _manda(self, da_spedire: list[Lettera]) -> None:
        fallite = 0
        for spedizione in spedisci(da_spedire):
            chi = spedizione.lettera.utente.email
            if spedizione.gia:
                self.stdout.write(f"{chi}: già mandata da un'altra esecuzione.")
            elif spedizione.errore:
                fallite += 1
                self.stderr.write(f"{chi}: NON mandata: {spedizione.errore}. La prossima esecuzione riprova.")
            else:
                self.stdout.write(f"{chi}: mandata ({len(spedizione.lettera.tardi)} in ritardo).")
        if fallite:
            raise CommandError(f"E-mail non mandate: {fallite} su {len(da_spedire)}.")

    def _mostra(self, lettera: Lettera) -> None:
        self.stdout.write(f"A: {lettera.utente.email}\nOggetto: {lettera.oggetto}\n\n{lettera.testo}")
