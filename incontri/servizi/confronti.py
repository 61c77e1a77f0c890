"""Two versions of the minutes, one beside the other."""

from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from uuid import UUID

from django.utils.safestring import SafeString

from incontri.models import Verbale
from incontri.servizi.allora import VoceAllora
from incontri.servizi.versioni import PuntoAllora, com_erano
from incontri.servizi.voci import intreccia
from tavolo.base.fusione import differenze

UGUALE, AGGIUNTA, TOLTA, CAMBIATA, SPOSTATA = "uguale", "aggiunta", "tolta", "cambiata", "spostata"


@dataclass(frozen=True)
class VoceConfrontata:
    """An entry in two versions: `come` says what happened to it; where it is `cambiata`, `spostata` may be true too."""

    prima: VoceAllora | None
    dopo: VoceAllora | None
    spostata: bool = False

    @property
    def come(self) -> str:
        """Unchanged, added, removed, changed, or only moved among the others."""
        if self.prima is None or self.dopo is None:
            return AGGIUNTA if self.prima is None else TOLTA
        if (self.prima.testo, self.prima.dati) != (self.dopo.testo, self.dopo.dati):
            return CAMBIATA
        return SPOSTATA if self.spostata else UGUALE

    @property
    def voce(self) -> VoceAllora | None:
        """As it stands in the later version, or stood before it was removed."""
        return self.dopo or self.prima

    @property
    def altri_dati(self) -> bool:
        """Whether kind, outcome, who reads it or who has taken the commitment changed."""
        return self.come == CAMBIATA and self.prima is not None and self.prima.dati != (self.dopo and self.dopo.dati)

    @property
    def testo(self) -> SafeString:
        """The text with what went away and what came in, marked for who sees and for who listens."""
        return differenze(self.prima.testo if self.prima else "", self.dopo.testo if self.dopo else "")


@dataclass(frozen=True)
class PuntoConfrontato:
    """A point of the agenda in two versions, with its entries in the order of the later one."""

    pk: UUID
    titolo: str
    numero: int | None
    righe: list[VoceConfrontata]

    @property
    def cambiato(self) -> bool:
        """Whether any of its entries is different."""
        return any(riga.come != UGUALE for riga in self.righe)


def confronto(verbale: Verbale, da: datetime, a: datetime) -> list[PuntoConfrontato]:
    """What is different in the minutes as they stood at `a` from how they stood at `da`, point by point. Four queries.

    `a` may be the earlier one: then the answer is what taking it up again would do.
    """
    prima, dopo = com_erano(verbale, da, a)
    punti = {punto.pk: punto for punto in (*dopo, *prima)}
    di_prima, di_dopo = ({punto.pk: punto for punto in versione} for versione in (prima, dopo))
    return [_punto(punto, di_prima.get(punto.pk), di_dopo.get(punto.pk)) for punto in punti.values()]


def _punto(punto: PuntoAllora, prima: PuntoAllora | None, dopo: PuntoAllora | None) -> PuntoConfrontato:
    vecchie, nuove = ({voce.pk: voce for voce in versione.voci} if versione else {} for versione in (prima, dopo))
    mosse = _mosse([pk for pk in vecchie if pk in nuove], [pk for pk in nuove if pk in vecchie])
    fila = intreccia(list(nuove), list(vecchie))
    righe = [VoceConfrontata(vecchie.get(pk), nuove.get(pk), pk in mosse) for pk in fila]
    return PuntoConfrontato(punto.pk, punto.titolo, punto.numero, righe)


def _mosse(prima: list[UUID], dopo: list[UUID]) -> set[UUID]:
    """The fewest entries that, moved, bring from one order to the other."""
    blocchi = SequenceMatcher(None, prima, dopo, autojunk=False).get_matching_blocks()
    ferme = {pk for blocco in blocchi for pk in dopo[blocco.b : blocco.b + blocco.size]}
    return set(dopo) - ferme
