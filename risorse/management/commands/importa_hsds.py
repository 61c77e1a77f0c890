"""`manage.py importa_hsds FILE`: an HSDS tabular data package into the portal."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from risorse.hsds.pacchetto.anteprima import per_nome
from risorse.hsds.pacchetto.porta import Esito, importa
from tavolo.base.formati import FileNonLeggibile

MOSTRATI = 100


class Command(BaseCommand):
    """Whole or not at all; a second time it brings up to date what the first made."""

    help = "Porta nel portale un pacchetto di dati HSDS 3.x (zip di CSV con datapackage.json)."

    def add_arguments(self, parser):
        """The file, whether to only try, whether the new services are published."""
        parser.add_argument("file", type=Path, help="il pacchetto, uno zip")
        parser.add_argument("--prova", action="store_true", help="controlla il pacchetto senza salvare niente")
        parser.add_argument(
            "--pubblica", action="store_true", help="pubblica i servizi nuovi, invece di lasciarli in bozza"
        )

    def handle(self, *, file, prova, pubblica, **opzioni):
        """Print what came in, what was kept aside, and every error with its table and row; exit with 1 if there are any."""
        if not file.is_file():
            raise CommandError(f"Il file «{file}» non c'è.")
        try:
            esito = importa(file.read_bytes(), prova=prova, pubblica=pubblica)
        except FileNonLeggibile as errore:
            raise CommandError("\n".join([*errore.messaggi, "Niente è stato salvato."])) from errore
        if esito.errori:
            for errore in esito.errori[:MOSTRATI]:
                self.stderr.write(str(errore))
            raise CommandError(f"Errori: {len(esito.errori)}. Niente è stato salvato.")
        for riga in racconta(esito):
            self.stdout.write(riga)
        if prova:
            self.stdout.write("Prova: niente è stato salvato.")


def racconta(esito: Esito) -> list[str]:
    """The outcome in lines."""
    righe = [
        f"{c.nome}: {c.nuove} nuove, {c.aggiornate} aggiornate, {c.invariate} invariate"
        + (f", {c.tolte} tolte" if c.tolte else "")
        for c in esito.conti
    ]
    righe += [f"{nome}, cambia: {una}" for nome, tutte in per_nome(esito.modifiche).items() for una in tutte]
    righe += [f"{g.nome}, cambiano: altre {g.altre}" for g in esito.modifiche if g.altre]
    righe += [f"{tabella}: {quante} righe tenute da parte" for tabella, quante in esito.da_parte.items()]
    righe += [
        f"{t}: colonne che non conosciamo, tenute da parte: {', '.join(c)}" for t, c in esito.colonne_ignote.items()
    ]
    if esito.tabelle_ignote:
        righe.append(f"Tabelle che non conosciamo, tenute da parte: {', '.join(esito.tabelle_ignote)}")
    if esito.file_ignorati:
        righe.append(f"File che non sono tabelle, ignorati: {', '.join(esito.file_ignorati[:20])}")
    return righe
