"""Taking up again an earlier version of the minutes: another save, after which the one of before is a version like the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q

from incontri.models import Impegno, PuntoOdg, RevisioneImpegno, TipoVoce, Verbale, Voce
from incontri.servizi.allora import VoceAllora
from incontri.servizi.impegni import rilega_a_voce
from incontri.servizi.modifiche import apri_per_modifica
from incontri.servizi.verbali import salva_voci
from incontri.servizi.versioni import PuntoAllora, com_era, versioni
from incontri.servizi.voci import DatiImpegno, RigaVoce, impegno_di, intreccia
from tavolo.base.concorrenza import timbro

NE_E_NATO_QUALCOSA = reduce(
    or_,
    (
        Q(**{f"{nome}__isnull": False})
        for nome in (
            "origini_bisogni",
            "evidenze",
            "proposte_nate",
            "proposte_approvate",
            "rilevazioni",
            "buone_prassi",
        )
    ),
)


class CambiatoNelFrattempo(Exception):
    """Somebody saved after the person saw what would change; nothing was written."""


@dataclass(frozen=True)
class _Adesso:
    """What stands now, and what of it has a life of its own: commitments reviewed, or left without their entry;
    `legate`, the entries something was born from: needs, evidence, proposals, good practices, the decision of a round."""

    voci: dict[UUID, Voce]
    versioni: Mapping[UUID, int]
    rivisti: set[UUID]
    orfani: dict[UUID, Impegno]
    legate: set[UUID]


def ripristina(
    verbale: Verbale, momento: datetime, *, punto: PuntoOdg | None = None, visto: datetime | None = None, autore: Any
) -> list[Voce]:
    """Write the entries of `momento` again, of all the points or of one, all or none; the entries left as they stand.

    Removed entries come back as themselves, later ones are removed, changed ones take back text, kind, outcome, who reads
    them, order, and who has taken the commitment. Left alone: an entry that is an instance already sent and was not one
    then, one that was not there then and from which a need or a proposal was born, a commitment already reviewed, points no longer in the agenda. `visto` is the last version the person saw.
    Raises CambiatoNelFrattempo if it is no longer the last, NonModificabile if the minutes stand still, VersioneSuperata
    if somebody writes one of the commitments in this very instant.
    """
    lasciate = []
    with transaction.atomic():
        apri_per_modifica(verbale.incontro)
        if visto is not None and [versione.momento for versione in versioni(verbale)[:1]] != [visto]:
            raise CambiatoNelFrattempo
        allora = {p.pk: p for p in com_era(verbale, momento) if p.numero is not None}
        adesso = _adesso(verbale, allora.values())
        for uno in PuntoOdg.objects.filter(incontro=verbale.incontro_id).select_related("incontro"):
            if uno.pk in allora and punto in (None, uno):
                lasciate += _riscrivi(uno, allora[uno.pk], adesso, autore)
    return lasciate


def _adesso(verbale: Verbale, allora: Any) -> _Adesso:
    voci = Voce.objects.filter(punto__incontro=verbale.incontro_id)
    presenti = {v.pk: v for v in voci.select_related("impegno__ente", "impegno__persona", "istanza")}
    tornano = [voce.pk for punto in allora for voce in punto.voci if voce.pk not in presenti]
    storia = Voce.storia.filter(uuid__in=tornano).order_by().values("uuid").annotate(ultima=Max("versione"))
    impegni = [voce.impegno_pk for punto in allora for voce in punto.voci if voce.impegno_pk]
    rivisti = RevisioneImpegno.objects.filter(impegno__voce__in=presenti).order_by()
    return _Adesso(
        presenti,
        dict(storia.values_list("uuid", "ultima")),
        set(rivisti.values_list("impegno", flat=True)),
        Impegno.objects.filter(pk__in=impegni, voce__isnull=True).in_bulk(),
        set(voci.filter(NE_E_NATO_QUALCOSA).order_by().values_list("pk", flat=True)),
    )


def _riscrivi(punto: PuntoOdg, allora: PuntoAllora, adesso: _Adesso, autore: Any) -> list[Voce]:
    di_allora = {voce.pk: voce for voce in allora.voci}
    presenti = [voce.pk for voce in adesso.voci.values() if voce.punto_id == punto.pk]
    ferme = [
        pk
        for pk in presenti
        if _resta(adesso.voci[pk], di_allora.get(pk)) or (pk in adesso.legate and pk not in di_allora)
    ]
    fila = intreccia(list(di_allora), [pk for pk in presenti if pk in di_allora or pk in ferme])
    righe = []
    for posto, pk in enumerate(fila, start=1):
        if pk in ferme:
            argomenti: dict[str, Any] = {"valori": {}}
        else:
            argomenti = {"valori": di_allora[pk].valori, "impegno": _impegno(di_allora[pk], adesso)}
        if pk in adesso.voci:
            argomenti |= _sopra(adesso.voci[pk]) | {"posto_prima": presenti.index(pk) + 1}
        else:
            # Whoever has the page open with the entry that was removed has seen none of these versions.
            argomenti["alla_nascita"] = {"uuid": pk, "versione": adesso.versioni[pk] + 1}
        righe.append(RigaVoce(chiave=str(pk), posto=posto, **argomenti))
    via = [pk for pk in presenti if pk not in fila]
    righe += [RigaVoce(chiave=str(pk), valori={}, rimuovi=True, **_sopra(adesso.voci[pk])) for pk in via]
    salvate = salva_voci(punto, righe, autore=autore)
    for voce in allora.voci:
        if _da_rilegare(voce, adesso):
            rilega_a_voce(adesso.orfani[voce.impegno_pk], salvate[str(voce.pk)], autore=autore)  # type: ignore[index]
    return [adesso.voci[pk] for pk in ferme]


def _resta(voce: Voce, allora: VoceAllora | None) -> bool:
    """Whether it is an instance already sent, which then was not one: what was sent keeps its entry."""
    return hasattr(voce, "istanza") and (allora is None or allora.tipo != TipoVoce.ISTANZA)


def _sopra(voce: Voce) -> dict[str, Any]:
    return {"pk": voce.pk, "versione": timbro(voce), "visto": impegno_di(voce)}


def _impegno(allora: VoceAllora, adesso: _Adesso) -> DatiImpegno | None:
    """Who had taken the commitment, to be written again; None where it is to be left as it is."""
    voce = adesso.voci.get(allora.pk)
    impegno = getattr(voce, "impegno", None)
    rivisto = impegno is not None and impegno.pk in adesso.rivisti
    return None if rivisto or _da_rilegare(allora, adesso) else allora.impegno


def _da_rilegare(allora: VoceAllora, adesso: _Adesso) -> bool:
    """Whether its commitment was reviewed, and left without the entry when this was removed or became something else."""
    voce = adesso.voci.get(allora.pk)
    return allora.tipo == TipoVoce.IMPEGNO and allora.impegno_pk in adesso.orfani and not hasattr(voce, "impegno")
