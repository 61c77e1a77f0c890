"""Where else one finds an answer: the services of the comuni around, and those that are not counted, with why."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from incontri.models import Bisogno
from incontri.servizi.copertura.celle import Cella
from incontri.servizi.copertura.risposte import Risposta, candidate, con_legami, risposte
from referenti.models import Comune
from risorse.models import Risorsa
from tavolo.base.mappa import distanza_km

QUANTE = 3


@dataclass(frozen=True)
class Alternativa:
    """A service that does not serve this comune: where it is, and how far, None where nobody knows."""

    risposta: Risposta
    comune: Comune | None
    km: float | None

    @property
    def chilometri(self) -> int | None:
        """The distance as it is written: whole kilometres, at least one."""
        return None if self.km is None else max(1, round(self.km))


def alternative(cella: Cella, trovate: Sequence[Risposta], quante: int = QUANTE) -> list[Alternativa]:
    """The nearest services among `trovate` that answer the need for other comuni only, the nearest first.

    Distance is between the middle of the comune and the place of the service; without one on the map, the middle of the nearest
    comune it serves; without that either, they come last, in the order of the comuni.
    """
    altrove = [risposta for risposta in trovate if not risposta.serve(cella.comune)]
    prefetch_related_objects([risposta.risorsa for risposta in altrove], "in_sedi__sede__comune")
    vicine = [_alternativa(risposta, cella.comune) for risposta in altrove]
    in_fila = sorted(
        vicine,
        key=lambda una: (
            una.km is None,
            una.km or 0,
            una.comune is None,
            una.comune.ordine if una.comune else 0,
            una.risposta.risorsa.nome,
        ),
    )
    return in_fila[:quante]


def non_contate(bisogno: Bisogno, comune: Comune) -> list[Risposta]:
    """Published services that would answer here and are not counted: nobody has confirmed their card in time."""
    righe = con_legami([bisogno])
    non_verificate = Risorsa.objects.valide().exclude(pk__in=Risorsa.objects.verificate().values("pk"))
    return [trovata for trovata in risposte(bisogno, candidate(righe, non_verificate)) if trovata.serve(comune)]


def _alternativa(risposta: Risposta, qui: Comune) -> Alternativa:
    sedi = [legame.sede for legame in risposta.risorsa.in_sedi_pubbliche]
    luoghi = [(sede, sede.comune) for sede in sedi if sede.latitudine is not None]
    luoghi = luoghi or [(comune, comune) for comune in risposta.risorsa.comuni_serviti.all()]
    misurate = [(km, comune) for luogo, comune in luoghi if (km := distanza_km(qui, luogo)) is not None]
    if misurate:
        km, comune = min(misurate, key=lambda misura: misura[0])
        return Alternativa(risposta, comune, km)
    return Alternativa(risposta, luoghi[0][1] if luoghi else None, None)
