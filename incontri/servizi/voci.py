"""What goes with the entries of a point when they are saved: their order, and the commitments they tell of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models import Model

from incontri.models import PuntoOdg, TipoVoce, Voce
from incontri.servizi.impegni import aggiorna_da_voce, togli_di_voce
from referenti.models import Ente, Utente
from tavolo.base.concorrenza import Riga


@dataclass(frozen=True, kw_only=True)
class DatiImpegno:
    """Who has taken a commitment, and by when."""

    ente: Ente | None = None
    persona: Utente | None = None
    scadenza: date | None = None


@dataclass(frozen=True, kw_only=True)
class RigaVoce(Riga):
    """An entry as the form sends it.

    `posto` is where it is to stand among the others of the page, `posto_prima` where the person saw it: only their order
    counts. `impegno` is who has taken it, None where the request does not say; `visto` what the person saw of that.
    """

    posto: int | None = None
    posto_prima: int | None = None
    impegno: DatiImpegno | None = None
    visto: DatiImpegno = DatiImpegno()

    @property
    def impegno_cambiato(self) -> bool:
        """Whether the person changed who has taken the commitment, or by when."""
        return self.impegno is not None and self.impegno != self.visto


def impegno_di(voce: Voce) -> DatiImpegno:
    """Who has taken the commitment this entry tells of; empty where nobody has yet."""
    impegno = getattr(voce, "impegno", None)
    if impegno is None:
        return DatiImpegno()
    return DatiImpegno(ente=impegno.ente, persona=impegno.persona, scadenza=impegno.scadenza)


def impegni_contesi(voci: Mapping[UUID, Voce], righe: Iterable[Riga]) -> dict[Any, Model | None]:
    """The entries whose commitment somebody else changed since the person saw it, and the person too, by `chiave`."""
    contesi: dict[Any, Model | None] = {}
    for riga in righe:
        voce = voci.get(riga.pk) if riga.pk else None
        if voce is None or riga.rimuovi or not isinstance(riga, RigaVoce) or not riga.impegno_cambiato:
            continue
        if impegno_di(voce) not in (riga.visto, riga.impegno):
            contesi[riga.chiave] = voce
    return contesi


def togli_impegni(voci: Mapping[UUID, Voce], righe: Iterable[Riga], *, autore: Any) -> None:
    """Undo the commitments of the entries that are to be removed, or to become something else."""
    for riga in righe:
        voce = voci.get(riga.pk) if riga.pk else None
        altro = riga.rimuovi or riga.valori.get("tipo", TipoVoce.IMPEGNO) != TipoVoce.IMPEGNO
        if voce is not None and altro and hasattr(voce, "impegno"):
            togli_di_voce(voce, autore=autore)


def salva_impegni(voci: Mapping[Any, Voce], scritte: set[Any], righe: Iterable[Riga], *, autore: Any) -> None:
    """Bring the commitments up to the entries `voci` (by `chiave`), of which those in `scritte` have just been written."""
    for riga in righe:
        voce = voci.get(riga.chiave)
        if voce is None or riga.rimuovi or voce.tipo != TipoVoce.IMPEGNO:
            continue
        prima = impegno_di(voce)
        dopo = riga.impegno if isinstance(riga, RigaVoce) and riga.impegno and riga.impegno_cambiato else prima
        if dopo.ente and (dopo != prima or riga.chiave in scritte):
            aggiorna_da_voce(voce, ente=dopo.ente, persona=dopo.persona, scadenza=dopo.scadenza, autore=autore)


def riordina_voci(punto: PuntoOdg, righe: Sequence[Riga], voci: Mapping[Any, Voce], *, autore: Any) -> None:
    """Put the entries in the order of the page, if the person moved some or put a new one among the others.

    Entries the page does not know of, added by somebody else meanwhile, stay after the one they followed.
    """
    fila = [r for r in righe if isinstance(r, RigaVoce) and r.posto and not r.rimuovi and r.chiave in voci]
    fila.sort(key=lambda riga: riga.posto or 0)
    note = [riga.posto_prima for riga in fila if riga.pk and riga.posto_prima]
    adesso: list[Any] = list(Voce.objects.filter(punto=punto))
    salvate = [voce.pk for voce in adesso]
    della_pagina = [voci[riga.chiave].pk for riga in fila]
    if note != sorted(note):
        ordinate = intreccia(della_pagina, salvate)
    else:
        nuove = {voci[riga.chiave].pk for riga in fila if not riga.pk}
        ordinate = intreccia([pk for pk in salvate if pk not in nuove], della_pagina)
    if ordinate == salvate:
        return
    posti = {pk: ordine for ordine, pk in enumerate(ordinate, start=1)}
    for voce in adesso:
        if voce.ordine != posti[voce.pk]:
            voce.ordine = posti[voce.pk]
            voce._history_user = autore
            voce.save()


def intreccia(guida: Sequence[UUID], seguito: Sequence[UUID]) -> list[UUID]:
    """The sequence `guida`, with what only `seguito` has put after what it follows there."""
    fila = list(guida)
    for precedente, pk in pairwise([None, *seguito]):
        if pk is not None and pk not in fila:
            fila.insert(fila.index(precedente) + 1 if precedente in fila else 0, pk)
    return fila
