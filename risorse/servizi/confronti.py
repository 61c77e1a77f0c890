"""Two texts of one field side by side, in words a person reads, with what differs marked word by word."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from risorse.models import Lingua, Risorsa
from risorse.servizi.campi import ETICHETTE, LINGUE
from tavolo.base.celle import SEPARATORE

# Beyond this many pieces the comparison would take long: the two texts are shown whole.
PEZZI_MASSIMI = 4000


class Tratto(NamedTuple):
    """A stretch of text: kept, taken away or added."""

    testo: str
    tolto: bool = False
    aggiunto: bool = False


def tratti(prima: str, dopo: str) -> list[Tratto]:
    """The text that turns `prima` into `dopo`, word by word: without what is added it reads as the one, without what is
    taken away as the other.
    """
    da, a = (re.findall(r"\s+|\w+|[^\w\s]", testo) for testo in (prima, dopo))
    if len(da) + len(a) > PEZZI_MASSIMI:
        return [t for t in (Tratto(prima, tolto=True), Tratto(dopo, aggiunto=True)) if t.testo]
    trovati = []
    for cosa, da1, da2, a1, a2 in SequenceMatcher(None, da, a, autojunk=False).get_opcodes():
        if cosa == "equal":
            trovati.append(Tratto("".join(da[da1:da2])))
            continue
        if da1 < da2:
            trovati.append(Tratto("".join(da[da1:da2]), tolto=True))
        if a1 < a2:
            trovati.append(Tratto("".join(a[a1:a2]), aggiunto=True))
    return trovati


class InParole:
    """Reads the texts of fields as a person does; looks each list of terms up once."""

    def __init__(self):
        self.nomi: dict[str, dict[str, str]] = {}

    def __call__(self, campo: str, testo: str) -> str:
        """`salute|casa` → Salute, Casa; `2026-09-15` → 15/09/2026; a code → its label."""
        if campo in LINGUE:
            return self._elenco(campo, testo, Lingua, "codice")
        if campo not in {f.name for f in Risorsa._meta.get_fields()}:
            return testo
        del_modello: Any = Risorsa._meta.get_field(campo)
        if del_modello.many_to_many:
            return self._elenco(campo, testo, del_modello.related_model, "slug")
        if del_modello.choices:
            return str(dict(del_modello.flatchoices).get(testo, testo))
        if del_modello.get_internal_type() == "DateField" and testo:
            return f"{date.fromisoformat(testo):%d/%m/%Y}"
        return testo

    def _elenco(self, campo: str, testo: str, modello: Any, chiave: str) -> str:
        if campo not in self.nomi:
            self.nomi[campo] = dict(modello.objects.values_list(chiave, "nome"))
        return ", ".join(self.nomi[campo].get(pezzo, pezzo) for pezzo in testo.split(SEPARATORE) if pezzo)


@dataclass(frozen=True)
class Differenza:
    """One field of a proposal: what its author saw, what the card says now, what is proposed; all in words.

    `cambiato` where the card has changed since; `fatto` where it already says what is proposed; `accolto` where it was
    taken over.
    """

    campo: str
    etichetta: str
    prima: str
    adesso: str
    dopo: str
    cambiato: bool
    fatto: bool
    accolto: bool
    tratti: list[Tratto]


def differenze(
    prima: Mapping[str, str], dopo: Mapping[str, str], adesso: Mapping[str, str], *, accolti: Iterable[str] = ()
) -> list[Differenza]:
    """One Differenza for each field of `dopo`, in the order of the card."""
    leggi, accolti = InParole(), set(accolti)
    righe = []
    for campo in [nome for nome in ETICHETTE if nome in dopo]:
        com_era, com_e, proposto = (leggi(campo, insieme.get(campo, "")) for insieme in (prima, adesso, dopo))
        righe.append(
            Differenza(
                campo,
                ETICHETTE[campo],
                com_era,
                com_e,
                proposto,
                cambiato=adesso.get(campo, "") != prima.get(campo, ""),
                fatto=adesso.get(campo, "") == dopo[campo],
                accolto=campo in accolti,
                tratti=tratti(com_e, proposto),
            )
        )
    return righe
