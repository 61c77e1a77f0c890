"""What everybody reads of published minutes: made from the frozen original, of its public points and entries only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

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
    return come_lo_legge_il_pubblico(_con_originale().filter(stato="pubblicato").get(incontro=incontro.pk))


def anteprima(verbale: Verbale) -> VerbalePubblicato:
    """Approved minutes as everybody will read them once published; Verbale.originale.DoesNotExist if not approved."""
    return come_lo_legge_il_pubblico(_con_originale().get(pk=verbale.pk))


def come_lo_legge_il_pubblico(verbale: Any) -> VerbalePubblicato:
    """The public part of the frozen original, with the corrections approved since: for the page and for its preview."""
    rettifiche = list(Rettifica.objects.pubblicabili_di(verbale).select_related("approvata_in"))
    return VerbalePubblicato(verbale, pubblico(orjson.loads(verbale.originale.contenuto)), rettifiche)


def _con_originale() -> Any:
    return Verbale.objects.select_related("originale", "incontro", "approvato_in")
