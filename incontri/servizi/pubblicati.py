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
    verbali = Verbale.objects.filter(stato="pubblicato").select_related("originale", "incontro", "approvato_in")
    verbale = verbali.get(incontro=incontro.pk)
    rettifiche = list(Rettifica.objects.pubbliche_di(verbale).select_related("approvata_in"))
    return VerbalePubblicato(verbale, pubblico(orjson.loads(verbale.originale.contenuto)), rettifiche)
