"""What the formulas want to know of a need in a comune: people in need, people reached, how grave it is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import Q

from incontri.models import Bisogno, Copertura, Evidenza, TipoEvidenza
from incontri.priorita.affidabilita import ultimo_giorno
from incontri.priorita.dati import Fabbisogno
from incontri.priorita.formule import quota_di_piu_enti
from incontri.servizi.rilevazioni.ultime import detti, in_pochi
from referenti.models import Comune
from risorse.models import Risorsa

Chiave = tuple[UUID, UUID]  # a need and a comune


@dataclass(frozen=True)
class Gravita:
    """How grave a need is in a comune: the median, of how many votes, in which round."""

    valore: Fraction
    voti: int
    rilevazione: str


def dichiarazioni(bisogni: Iterable[Bisogno], giorno: Any = None) -> dict[Chiave, list[Copertura]]:
    """The declarations of coverage that hold on `giorno` (today): not over, and of no service that cannot be counted on."""
    valide = Q(risorsa__isnull=True) | Q(risorsa__in=Risorsa.objects.verificate(giorno))
    righe = Copertura.objects.in_corso(giorno).filter(valide, bisogno__in=[bisogno.pk for bisogno in bisogni])
    trovate = defaultdict(list)
    for riga in righe.select_related("ente__padre", "risorsa").order_by(
        "ente__ordine", "ente__denominazione", "creato"
    ):
        trovate[riga.bisogno_id, riga.comune_id].append(riga)
    return trovate


def in_bisogno(bisogni: Iterable[Bisogno]) -> dict[Chiave, Evidenza]:
    """The newest count of the people in need in each comune; one that was too small to be kept has no value."""
    righe = Evidenza.objects.filter(
        bisogno__in=[bisogno.pk for bisogno in bisogni], tipo=TipoEvidenza.IN_BISOGNO, comune__isnull=False
    )
    in_ordine = sorted(righe, key=lambda riga: (ultimo_giorno(riga.riferimento) or date.min, riga.creato))
    return {(riga.bisogno_id, riga.comune_id): riga for riga in in_ordine if riga.comune_id}


def fabbisogno(comune: Comune, evidenza: Evidenza | None, dichiarate: Sequence[Copertura]) -> Fabbisogno:
    """People in need, reached and the share declared, for `incontri.priorita`; the comune by its slug.

    People reached by several enti are added up, the share is the highest declared (docs/metodo.md).
    """
    persone = None if evidenza is None or evidenza.valore is None else int(evidenza.valore)
    raggiunti = [riga.raggiunti for riga in dichiarate if riga.raggiunti is not None]
    quota = quota_di_piu_enti(Fraction(riga.quota) for riga in dichiarate if riga.quota is not None)
    return Fabbisogno(
        comune=comune.slug,
        in_bisogno=persone,
        raggiunti=sum(raggiunti) if raggiunti else None,
        quota_dichiarata=quota,
    )


def fabbisogni(
    bisogni: Sequence[Bisogno], comuni: Sequence[Comune] | None = None
) -> dict[UUID, tuple[Fabbisogno, ...]]:
    """For each need, by its key, what is known in each comune of the Ambito: what C and P are made from. Three queries."""
    tutti = list(Comune.objects.dell_ambito()) if comuni is None else comuni
    contate, dichiarate = in_bisogno(bisogni), dichiarazioni(bisogni)
    return {
        bisogno.pk: tuple(
            fabbisogno(comune, contate.get((bisogno.pk, comune.pk)), dichiarate.get((bisogno.pk, comune.pk), []))
            for comune in tutti
        )
        for bisogno in bisogni
    }


def gravita(
    bisogni: Iterable[Bisogno], comuni: Iterable[Comune], *, solo_pubblicate: bool = False
) -> dict[Chiave, Gravita]:
    """g_k of each need in each comune, from the round to rely on among those that asked it there (`rilevazioni.ultime`).

    `solo_pubblicate`: from published rounds, and only where ANONIMI enti or more said it. One query.
    """
    trovate = {}
    comuni = list(comuni)
    for bisogno, righe in detti(bisogni, pubblico=solo_pubblicate).items():
        for comune in comuni:
            for rilevazione, riga in righe:
                valore, voti = riga["per_comune"].get(comune.slug), riga["voti_per_comune"].get(comune.slug, 0)
                if valore is not None and not (solo_pubblicate and in_pochi(voti)):
                    trovate[bisogno, comune.pk] = Gravita(Fraction(valore), voti, rilevazione.titolo)
                    break
    return trovate
