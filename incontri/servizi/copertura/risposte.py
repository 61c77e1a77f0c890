"""Which services answer a need, and in which comuni."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects

from incontri.models import Bisogno
from referenti.models import Comune, Ente
from risorse.models import AreaServita, Risorsa

PER_TUTTI = "tutti"  # the target group of who asks nothing of anybody, by its slug
LEGAMI = ("destinatari", "comuni", "categorie", "risorse")


@dataclass(frozen=True)
class Risposta:
    """A service that answers a need; `argomenti` are the categories they share, none where a person linked it."""

    risorsa: Risorsa
    argomenti: tuple[Any, ...] = ()

    @property
    def collegata(self) -> bool:
        """Whether a person said that it answers."""
        return not self.argomenti

    @property
    def ente(self) -> Ente:
        """Who answers: the ente, the whole one for a unit of it."""
        return self.risorsa.ente.padre or self.risorsa.ente

    def serve(self, comune: Comune) -> bool:
        """Whether who lives in `comune` finds an answer here.

        A national service (a telephone number, mostly) is no presence in a comune, unless a person linked it to the need.
        """
        if self.risorsa.area_servita == AreaServita.NAZIONALE:
            return self.collegata
        if self.risorsa.area_servita == AreaServita.AMBITO:
            return comune.nell_ambito
        return comune in self.risorsa.comuni_serviti.all()


def con_legami(bisogni: Iterable[Bisogno]) -> list[Bisogno]:
    """The needs with everything `risposta` looks at: one query for each list of theirs."""
    righe = list(bisogni)
    prefetch_related_objects(righe, *LEGAMI)
    return righe


def candidate(bisogni: Sequence[Bisogno], risorse: QuerySet[Risorsa] | None = None) -> list[Risorsa]:
    """The services (the verified ones, or `risorse`) among which there are all that answer one of the needs of `con_legami`."""
    categorie = {categoria.pk for bisogno in bisogni for categoria in bisogno.categorie.all()}
    collegate = {risorsa.pk for bisogno in bisogni for risorsa in bisogno.risorse.all()}
    ponte = Risorsa.categorie.through.objects.filter(risorsa=OuterRef("pk"), categoria__in=categorie)
    righe = Risorsa.objects.verificate() if risorse is None else risorse
    righe = righe.filter(Q(pk__in=collegate) | Exists(ponte))
    return list(righe.select_related("ente__padre").prefetch_related("categorie", "destinatari", "comuni_serviti"))


def risposta(bisogno: Bisogno, risorsa: Risorsa) -> Risposta | None:
    """How the service answers the need: because a person linked it, or because it is about the same things for the same people.

    The same things: they share a category. The same people: they share a target group, or one of the two is for everybody.
    """
    if risorsa in bisogno.risorse.all():
        return Risposta(risorsa)
    comuni = tuple(categoria for categoria in risorsa.categorie.all() if categoria in bisogno.categorie.all())
    if comuni and _stesse_persone(bisogno.destinatari.all(), risorsa.destinatari.all()):
        return Risposta(risorsa, comuni)
    return None


def risposte(bisogno: Bisogno, risorse: Iterable[Risorsa]) -> list[Risposta]:
    """Those of the services that answer the need, wherever they serve."""
    return [trovata for risorsa in risorse if (trovata := risposta(bisogno, risorsa))]


def _stesse_persone(chi: Iterable[Any], per_chi: Iterable[Any]) -> bool:
    uni, altri = {uno.slug for uno in chi}, {uno.slug for uno in per_chi}
    return not uni or not altri or PER_TUTTI in uni | altri or bool(uni & altri)
