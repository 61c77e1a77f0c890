"""`manage.py carica_istat POSAS_2024_it_Comuni.zip …`: the figures of demo.istat.it, from files on the disk."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from referenti.servizi.istat.carico import carica, confronta, leggi_dell_ambito
from tavolo.base.formati import FileNonLeggibile


class Command(BaseCommand):
    """Loads files POSAS and STRASA as downloaded, all of them or none; loading them again changes nothing."""

    help = "Carica i file POSAS e STRASA di demo.istat.it, come si scaricano."

    def add_arguments(self, parser):
        """The files, and whether to only try."""
        parser.add_argument("file", nargs="+", type=Path, help="archivi zip, o i CSV che contengono")
        parser.add_argument("--prova", action="store_true", help="dice che cosa cambierebbe senza salvare niente")

    def handle(self, *, file, prova, **opzioni):
        """Print what each file brings; the first error ends it, nothing saved."""
        try:
            tavole = [self._leggi(uno) for uno in file]
            confronti = [confronta(tavola) for tavola in tavole] if prova else carica(tavole, autore=None)
        except FileNonLeggibile as errore:
            raise CommandError(f"{errore} Niente è stato salvato.") from errore
        for uno in confronti:
            tavola = uno.tavola
            self.stdout.write(
                f"{tavola.nome_file}: {tavola.genere.di_chi} al 1° gennaio {tavola.anno}, {len(tavola.eta)} comuni; "
                f"{uno.nuove} cifre nuove, {uno.aggiornate} aggiornate, {uno.invariate} invariate"
            )
        if prova:
            self.stdout.write("Prova: niente è stato salvato.")

    @staticmethod
    def _leggi(percorso: Path):
        try:
            with percorso.open("rb") as file:
                return leggi_dell_ambito(file, percorso.name)
        except OSError as errore:
            raise CommandError(f"Non riesco ad aprire «{percorso}»: {errore.strerror}.") from errore
