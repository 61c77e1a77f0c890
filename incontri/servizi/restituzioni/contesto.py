"""What a document is compiled from: its approved minutes as everybody may read them, its needs, the ranking."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone

from incontri.models import Bisogno, Impegno, Incontro, Proposta, Restituzione, Rettifica, StatoIncontro, Verbale
from incontri.servizi.contenuto import pubblico
from incontri.servizi.copertura.celle import Matrice, matrice
from incontri.servizi.restituzioni.graduatoria import Classifica, chiuse, classifica


@dataclass(frozen=True)
class VerbaleLetto:
    """Approved minutes: the public part of their original, and the corrections since."""

    verbale: Verbale
    dati: dict[str, Any]
    rettifiche: list[Rettifica]

    @property
    def pubblico(self) -> bool:
        """Whether everybody reads them."""
        return self.verbale.stato == "pubblicato"

    def voci(self, *tipi: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """The public entries of these kinds, each with its point."""
        return [(punto, voce) for punto in self.dati["punti"] for voce in punto["voci"] if voce["tipo"] in tipi]


class Contesto:
    """The document's period, themes and meetings, and what is read from the database for them, once."""

    def __init__(self, restituzione: Restituzione, giorno: date):
        self.restituzione, self.giorno = restituzione, giorno
        self.dal, self.al = restituzione.dal, restituzione.al
        self.temi = list(restituzione.temi.all())

    @cached_property
    def incontri(self) -> list[Incontro]:
        """The meetings held in the period, on the themes and among those chosen, if any was."""
        righe = Incontro.objects.filter(inizio__date__range=(self.dal, self.al)).exclude(stato=StatoIncontro.ANNULLATO)
        righe = righe.filter(inizio__lte=timezone.now())
        scelti = [incontro.pk for incontro in self.restituzione.incontri.all()]
        if scelti:
            righe = righe.filter(pk__in=scelti)
        if self.temi:
            righe = righe.filter(temi__in=self.temi).distinct()
        return list(righe.order_by("inizio", "uuid"))

    @cached_property
    def verbali(self) -> list[VerbaleLetto]:
        """Their approved minutes, in the order of time."""
        incontri = [incontro.pk for incontro in self.incontri]
        righe = (
            Verbale.objects.fermi()
            .filter(incontro__in=incontri, originale__isnull=False)
            .select_related("incontro", "originale")
            .defer("originale__html", "originale__pdf")
            .order_by("incontro__inizio", "uuid")
        )
        return [
            VerbaleLetto(
                verbale,
                pubblico(json.loads(verbale.originale.contenuto)),
                list(Rettifica.objects.pubblicabili().filter(verbale=verbale.pk)),
            )
            for verbale in righe
        ]

    @cached_property
    def voci_pubbliche(self) -> dict[str, tuple[VerbaleLetto, dict[str, Any], dict[str, Any]]]:
        """Every public entry of those minutes by its key, with its minutes and point."""
        return {
            voce["uuid"]: (letto, punto, voce)
            for letto in self.verbali
            for punto in letto.dati["punti"]
            for voce in punto["voci"]
        }

    @cached_property
    def classifica(self) -> Classifica | None:
        """The ranking of the rounds closed by then; None if there is none."""
        rilevazioni = chiuse(self.giorno)
        return classifica(rilevazioni) if rilevazioni else None

    @cached_property
    def bisogni(self) -> list[Bisogno]:
        """The needs it tells of, in the order of the ranking: those scored, on the themes; without a ranking, those open."""
        temi = {tema.pk for tema in self.temi}
        if self.classifica is None:
            vivi = Bisogno.objects.vivi().select_related("tema")
            righe = list(vivi.order_by("tema__ordine", "tema__nome", "titolo", "uuid"))
        else:
            righe = [self.classifica.bisogni[posto.valutazione.chiave] for posto in self.classifica.posti]
        return [bisogno for bisogno in righe if not temi or bisogno.tema_id in temi]

    @cached_property
    def pubblici(self) -> set[Any]:
        """The keys of the needs everybody may read."""
        return set(Bisogno.objects.pubblici().values_list("pk", flat=True))

    @cached_property
    def matrice(self) -> Matrice:
        """Who answers those needs in each comune, on the day of the document."""
        return matrice(self.bisogni, giorno=self.giorno)

    @cached_property
    def impegni(self) -> list[Impegno]:
        """The commitments taken at the meetings whose minutes are approved, in the order of their deadlines."""
        incontri = [letto.verbale.incontro_id for letto in self.verbali]
        righe = Impegno.objects.filter(incontro__in=incontri).select_related("ente", "incontro", "proposta")
        return list(righe.order_by("scadenza", "creato", "uuid"))

    @cached_property
    def proposte(self) -> list[Proposta]:
        """The proposals everybody may read, on the themes."""
        righe = Proposta.objects.pubbliche().select_related("capofila", "decisione__punto__incontro")
        if self.temi:
            righe = righe.filter(bisogni__tema__in=self.temi).distinct()
        return list(righe.prefetch_related("bisogni", "partner", "passi", "esiti__evidenza").order_by("titolo", "uuid"))
