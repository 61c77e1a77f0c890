"""What the public will read of approved minutes, and what in it looks as if it were about a person."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from incontri.models import Verbale
from incontri.servizi.contenuto import pubblico
from referenti.models import Comune, Ente


@dataclass(frozen=True)
class Sospetto:
    """Something in the text that looks personal: where, what it looks like, the very words."""

    dove: str
    che_cosa: str
    parole: str


def anteprima(verbale: Verbale) -> dict[str, Any]:
    """Exactly what the public will read: of the frozen content, public points and entries, enti and roles, no name."""
    return pubblico(json.loads(verbale.originale.contenuto))


def sospetti(verbale: Verbale, dati: dict[str, Any]) -> list[Sospetto]:
    """What to look at twice before publishing `dati`: names of who was there, what looks like a private datum."""
    cerca = _nomi(verbale)
    trovati: list[Sospetto] = []
    for dove, testo in _testi(dati):
        trovati += [Sospetto(dove, "nome di una persona", nome) for nome in _presenti(cerca, testo)]
    return list(dict.fromkeys(trovati))


def _testi(dati: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for punto in dati["punti"]:
        dove = f"Punto {punto['numero']}"
        yield dove, punto["titolo"]
        for voce in punto["voci"]:
            yield dove, voce["testo"]


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
