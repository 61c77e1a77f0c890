"""The ranking a document tells: that of the last round closed by its day, then what earlier rounds say of other needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from incontri.models import Rilevazione, StatoRilevazione
from incontri.priorita.graduatoria import Posto
from incontri.servizi.rilevazioni.lettura import in_frase
from incontri.servizi.rilevazioni.risultati import posti
from incontri.servizi.rilevazioni.ultime import in_pochi
from referenti.models.ente import GRUPPI, TipoEnte


@dataclass(frozen=True)
class Classifica:
    """The needs in order: those of the main round, then those only earlier rounds scored, with the round each comes from."""

    rilevazione: Rilevazione
    posti: list[Posto]
    bisogni: dict[str, Any]
    da: dict[str, Rilevazione]

    def di_prima(self, posto: Posto) -> bool:
        """Whether its numbers are of an earlier round: its place there says nothing among these."""
        return self.da[posto.valutazione.chiave] != self.rilevazione


def chiuse(giorno: Any) -> list[Rilevazione]:
    """The rounds closed by the end of `giorno`, the newest first."""
    stati = (StatoRilevazione.CHIUSA, StatoRilevazione.PUBBLICATA)
    righe = Rilevazione.objects.filter(stato__in=stati).exclude(risultati={}).exclude(chiusa_il__date__gt=giorno)
    return list(righe.order_by("-chiusa_il", "-creato").prefetch_related("bisogni__tema"))


def classifica(rilevazioni: Sequence[Rilevazione]) -> Classifica:
    """From closed rounds, the newest first: each need once, with the weights, the enti and the coverage of the day of its round.

    Of each need the round that speaks for it is that of `rilevazioni.ultime`. The main one, which gives the places, is the
    newest that speaks for any need at all, else the newest. `rilevazioni` must not be empty.
    """
    per_round = {rilevazione: posti(rilevazione) for rilevazione in rilevazioni}
    migliori: dict[str, Rilevazione] = {}
    for fila in (False, True):  # the provisional ones after the others
        for rilevazione, suoi in per_round.items():
            for posto in suoi:
                if posto.valutazione.accordo.votanti and posto.valutazione.accordo.provvisorio is fila:
                    migliori.setdefault(posto.valutazione.chiave, rilevazione)
    principale = next((uno for uno in rilevazioni if uno in migliori.values()), rilevazioni[0])
    in_fila = [principale, *(uno for uno in rilevazioni if uno != principale)]
    da: dict[str, Rilevazione] = {}
    scelti = []
    for rilevazione in in_fila:
        for posto in per_round[rilevazione]:
            chiave = posto.valutazione.chiave
            if chiave not in da and migliori.get(chiave, rilevazione) == rilevazione:
                da[chiave] = rilevazione
                scelti.append(posto)
    bisogni = {str(uno.pk): uno for rilevazione in rilevazioni for uno in rilevazione.bisogni.all()}
    return Classifica(principale, scelti, bisogni, da)


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
