"""What everybody reads of published minutes: made from the frozen original, of its public points and entries only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Prefetch

from incontri.models import Incontro, Rettifica, Verbale
from incontri.models.presenza import PRESENTI
from incontri.servizi.contenuto import pubblico
from incontri.servizi.rettifiche import stampabili


@dataclass(frozen=True)
class VerbalePubblicato:
    """Published minutes as the public reads them: `dati` in the shape of `incontri.servizi.contenuto`."""

    verbale: Verbale
    dati: dict[str, Any]
    rettifiche: Sequence[Rettifica]

    @property
    def enti_presenti(self) -> list[str]:
        """The enti that were there, each once, in the order of the attendance."""
        presenti = (p["ente"] for p in self.dati["presenze"] if p["esito"] in PRESENTI and p["ente"])
        return list(dict.fromkeys(presenti))

    @property
    def per_stampa(self) -> list[dict[str, Any]]:
        """The corrections as the documents want them."""
        return stampabili(self.rettifiche)


def verbale_pubblicato(incontro: Incontro) -> VerbalePubblicato:
    """The minutes of a meeting as everybody reads them, in two queries; Verbale.DoesNotExist if not published."""
    return _come_lo_legge_il_pubblico(_con_originale().filter(stato="pubblicato").get(incontro=incontro.pk))


def verbali_pubblicati(incontri: Iterable[UUID]) -> dict[UUID, VerbalePubblicato]:
    """The same of many meetings, by their key, in two queries all together; a meeting without published minutes is left out."""
    verbali = _con_originale().filter(stato="pubblicato", incontro__in=list(incontri))
    return {verbale.incontro_id: _come_lo_legge_il_pubblico(verbale) for verbale in verbali}


def anteprima(verbale: Verbale) -> VerbalePubblicato:
    """Approved minutes as everybody will read them once published; Verbale.originale.DoesNotExist if not approved."""
    return _come_lo_legge_il_pubblico(_con_originale().get(pk=verbale.pk))


def _come_lo_legge_il_pubblico(verbale: Any) -> VerbalePubblicato:
    """The public part of the frozen original, with the corrections approved since: for the page and for its preview."""
    return VerbalePubblicato(verbale, pubblico(orjson.loads(verbale.originale.contenuto)), verbale.da_leggere)


def _con_originale() -> Any:
    rettifiche = Rettifica.objects.pubblicabili().select_related("approvata_in")
    return (
        Verbale.objects.select_related("originale", "incontro", "approvato_in")
        .defer("originale__html", "originale__pdf")
        .prefetch_related(Prefetch("rettifiche", rettifiche, to_attr="da_leggere"))
    )
