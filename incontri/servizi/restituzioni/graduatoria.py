"""The ranking a document tells: that of the last round the enti closed within its period, as it was when it was closed."""

from dataclasses import dataclass
from typing import Any

from incontri.models import Rilevazione, StatoRilevazione
from incontri.priorita.graduatoria import Posto
from incontri.servizi.rilevazioni.lettura import in_frase, in_pochi
from incontri.servizi.rilevazioni.risultati import posti
from referenti.models.ente import GRUPPI, TipoEnte


@dataclass(frozen=True)
class Classifica:
    """A closed round and its needs in order."""

    rilevazione: Rilevazione
    posti: list[Posto]
    bisogni: dict[str, Any]


def chiuse(giorno: Any) -> list[Rilevazione]:
    """The rounds closed by the end of `giorno`, the newest first."""
    stati = (StatoRilevazione.CHIUSA, StatoRilevazione.PUBBLICATA)
    righe = Rilevazione.objects.filter(stato__in=stati).exclude(risultati={}).exclude(chiusa_il__date__gt=giorno)
    return list(righe.order_by("-chiusa_il", "-creato").prefetch_related("bisogni__tema"))


def classifica(rilevazione: Rilevazione) -> Classifica:
    """Its needs in order, with the weights, the enti and the coverage of the day it was closed."""
    bisogni = {str(uno.pk): uno for uno in rilevazione.bisogni.all()}
    return Classifica(rilevazione, posti(rilevazione), bisogni)


def gruppi_distanti(posto: Posto) -> list[tuple[str, str]]:
    """The names, inside a sentence, of the groups of enti that see a need differently, of those where so many voted that nobody is recognised."""
    accordo = posto.valutazione.accordo
    votanti = {nome: max(gruppo.voti_gravita, gruppo.voti_equita) for nome, gruppo in accordo.gruppi.items()}
    molti = {nome for nome, quanti in votanti.items() if not in_pochi(quanti)}
    return [
        (in_frase(GRUPPI[TipoEnte(uno)]), in_frase(GRUPPI[TipoEnte(altro)]))
        for uno, altro in accordo.distanti
        if {uno, altro} <= molti
    ]
