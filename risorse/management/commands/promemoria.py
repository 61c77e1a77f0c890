"""`manage.py promemoria`: ask the enti to confirm the cards that are due, once for each step; daily, by a timer."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from risorse.servizi.promemoria import Lettera, lettere, spedisci
from tavolo.base.indirizzi import manca_alla_posta


class Command(BaseCommand):
    """Mail each ente its due cards; running it again the same day mails nothing."""

    help = (
        "Manda agli enti le schede da confermare, e al coordinamento quelle che nessuno conferma: una volta al giorno."
    )

    def add_arguments(self, parser):
        """Whether to only show what would be sent."""
        parser.add_argument("--prova", action="store_true", help="mostra le e-mail senza mandarle")

    def handle(self, *, prova, **opzioni):
        """Send and say what was sent; exit with 1 if a mail did not leave, or if the settings cannot make any leave."""
        if manca := manca_alla_posta(prova=prova):
            raise CommandError(manca)
        with translation.override(settings.LANGUAGE_CODE):
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
            lettera = spedizione.lettera
            chi = f"{lettera.per} ({_quante(lettera)})"
            if spedizione.gia:
                self.stdout.write(f"{chi}: già mandata da un'altra esecuzione.")
            elif spedizione.errore:
                fallite += 1
                self.stderr.write(f"{chi}: NON mandata: {spedizione.errore}. La prossima esecuzione riprova.")
            else:
                self.stdout.write(f"{chi}: mandata a {len(lettera.indirizzi)}.")
        if fallite:
            raise CommandError(f"E-mail non mandate: {fallite} su {len(da_spedire)}.")

    def _mostra(self, lettera: Lettera) -> None:
        self.stdout.write(f"--- {lettera.per} ({_quante(lettera)})")
        self.stdout.write(f"A: {', '.join(lettera.indirizzi) or 'NESSUNO: non partirebbe'}")
        self.stdout.write(f"Oggetto: {lettera.oggetto}\n\n{lettera.testo}")


def _quante(lettera: Lettera) -> str:
    return "una scheda" if lettera.schede == 1 else f"{lettera.schede} schede"
