"""What, in the minutes about to be published, looks as if it were about a person."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from incontri.models import Allegato, Verbale
from incontri.servizi.pubblicati import VerbalePubblicato
from referenti.models import Comune, Ente
from tavolo.base.riservatezza import CODICE_FISCALE, indizi


@dataclass(frozen=True)
class Sospetto:
    """Something in the text that looks personal: where, what it looks like, the very words."""

    dove: str
    che_cosa: str
    parole: str

    @property
    def grave(self) -> bool:
        """Whether it names one person beyond doubt: then it is not published, whoever says to have checked."""
        return self.che_cosa == CODICE_FISCALE


def sospetti(pubblicato: VerbalePubblicato, allegati: Iterable[Allegato]) -> list[Sospetto]:
    """What to look at twice before these minutes are published with these attachments.

    Looked for in every text the public reads, where it is written by hand: the names of who was there, came for another
    or wrote, and what `tavolo.base.riservatezza` knows. Not inside the files.
    """
    return sospetti_in(_testi(pubblicato, allegati), verbale=pubblicato.verbale)


def sospetti_in(testi: Iterable[tuple[str, str]], *, verbale: Verbale) -> list[Sospetto]:
    """The same of any texts (where, text) that go public with these minutes, as a correction of them does."""
    cerca = _nomi(verbale)
    trovati: list[Sospetto] = []
    for dove, testo in testi:
        trovati += [Sospetto(dove, "il nome di chi c'era o ha scritto", nome) for nome in _presenti(cerca, testo)]
        trovati += [Sospetto(dove, indizio.tipo, indizio.testo) for indizio in indizi(testo)]
    return list(dict.fromkeys(trovati))


def _testi(pubblicato: VerbalePubblicato, allegati: Iterable[Allegato]) -> Iterator[tuple[str, str]]:
    incontro = pubblicato.dati["incontro"]
    yield "Titolo dell'incontro", incontro["titolo"]
    yield "Luogo", incontro["luogo"]
    for punto in pubblicato.dati["punti"]:
        dove = f"Punto {punto['numero']}"
        yield dove, punto["titolo"]
        for voce in punto["voci"]:
            yield dove, voce["testo"]
    for rettifica in pubblicato.rettifiche:
        yield f"Rettifica {rettifica.numero}", rettifica.testo
        yield f"Rettifica {rettifica.numero}, perché", rettifica.motivo
    for allegato in allegati:
        yield "Titolo di un allegato", allegato.titolo
        yield "Nome di un allegato", allegato.nome_file


def _nomi(verbale: Verbale) -> list[str]:
    """Names to look for: of who was there, came for another or wrote; surnames alone, unless they name a place too."""
    incontro = verbale.incontro
    presenze = list(incontro.presenze.select_related("utente"))
    interi = {p.nome for p in presenze} | {p.ospite for p in presenze} | {p.delegato for p in presenze}
    persone = [verbale.verbalizzante, incontro.presiede, *(p.utente for p in presenze), *verbale.redattori.all()]
    interi |= {str(persona) for persona in persone if persona}
    puliti = {" ".join(nome.split()) for nome in interi if nome.strip()}
    luoghi = _parole_dei_luoghi()
    cognomi = {nome.split()[-1] for nome in puliti if " " in nome} | {p.cognome for p in persone if p and p.cognome}
    soli = {c for c in cognomi if len(c) > 2 and not set(c.casefold().split()) <= luoghi}
    girati = {" ".join([*nome.split()[1:], nome.split()[0]]) for nome in puliti if " " in nome}
    return sorted(puliti | girati | soli, key=len, reverse=True)


def _parole_dei_luoghi() -> set[str]:
    nomi = [*Comune.objects.values_list("nome", flat=True), *Ente.objects.values_list("denominazione", flat=True)]
    return {parola.casefold() for nome in nomi for parola in re.findall(r"\w+", nome)}


def _presenti(nomi: list[str], testo: str) -> Iterator[str]:
    """The names that stand in the text as whole words; one inside a longer one found already is not said again."""
    resto = testo
    for nome in nomi:
        modello = re.compile(rf"(?<!\w){re.escape(nome)}(?!\w)", re.IGNORECASE)
        if trovato := modello.search(resto):
            yield trovato.group()
            resto = modello.sub(" ", resto)
