"""The ranking a document tells: that of the last round the enti closed within its period."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from incontri.models import Rilevazione, StatoRilevazione, Voto
from incontri.priorita.dati import PESI, DatiBisogno, Pesi
from incontri.priorita.dati import Voto as VotoDato
from incontri.priorita.graduatoria import Posto, graduatoria
from incontri.servizi.copertura.dati import fabbisogni
from referenti.models import Comune, Indicatore
from referenti.models.ente import GRUPPI, TipoEnte
from referenti.models.indicatore import Voce


@dataclass(frozen=True)
class Classifica:
    """A closed round and its needs in order."""

    rilevazione: Rilevazione
    posti: list[Posto]
    bisogni: dict[str, Any]


def chiuse(giorno: Any) -> list[Rilevazione]:
    """The rounds closed by the end of `giorno`, the newest first."""
    stati = (StatoRilevazione.CHIUSA, StatoRilevazione.PUBBLICATA)
    righe = Rilevazione.objects.filter(stato__in=stati).exclude(chiusa_il__date__gt=giorno)
    return list(righe.order_by("-chiusa_il", "-creato").prefetch_related("enti", "bisogni"))


def classifica(rilevazione: Rilevazione) -> Classifica:
    """Its needs in order, with weights and enti of the round and the coverage of today."""
    bisogni = list(rilevazione.bisogni.select_related("tema").order_by("in_rilevazioni__ordine", "titolo"))
    bisogni = list({bisogno.pk: bisogno for bisogno in bisogni}.values())
    comuni = list(Comune.objects.dell_ambito())
    voti, risposte = _voti(rilevazione), fabbisogni(bisogni, comuni)
    dati = [
        DatiBisogno(
            chiave=str(uno.pk), nome=uno.titolo, voti=tuple(voti.get(uno.pk, ())), fabbisogni=risposte.get(uno.pk, ())
        )
        for uno in bisogni
    ]
    pesi = Pesi.da_dati(rilevazione.pesi) if rilevazione.pesi else PESI
    popolazioni = _popolazioni(comuni)
    posti = graduatoria(dati, popolazioni, aventi_diritto=len(rilevazione.enti.all()), pesi=pesi)
    return Classifica(rilevazione, posti, {str(uno.pk): uno for uno in bisogni})


def _voti(rilevazione: Rilevazione) -> dict[Any, list[VotoDato]]:
    """The votes of each need; of an ente that voted in both turns the second counts."""
    ultimi: dict[Any, dict[Any, Voto]] = defaultdict(dict)
    righe = Voto.objects.leggibili().filter(rilevazione=rilevazione).select_related("ente")
    for voto in righe.prefetch_related("per_comune__comune").order_by("turno"):
        ultimi[voto.bisogno_id][voto.ente_id] = voto
    return {
        bisogno: [
            VotoDato(
                ente=str(voto.ente_id),
                gruppo=str(GRUPPI[TipoEnte(voto.ente.tipo)]),
                gravita=voto.gravita,
                equita=voto.equita,
                per_comune={
                    riga.comune.slug: riga.gravita for riga in voto.per_comune.all() if riga.comune.nell_ambito
                },
            )
            for voto in per_ente.values()
        ]
        for bisogno, per_ente in ultimi.items()
    }


def _popolazioni(comuni: list[Comune]) -> dict[str, int | None]:
    righe = Indicatore.objects.filter(voce=Voce.RESIDENTI, comune__in=comuni).order_by("riferimento")
    trovate = {riga.comune_id: int(riga.valore) for riga in righe}
    return {comune.slug: trovate.get(comune.pk) for comune in comuni}
