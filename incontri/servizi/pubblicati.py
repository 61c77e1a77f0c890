"""What everybody reads of published minutes: made from the frozen original, of its public points and entries only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from incontri.models import Incontro, Rettifica, StatoRettifica, Verbale
from incontri.models.presenza import PRESENTI
from incontri.servizi.contenuto import pubblico


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
        return [
            {
                "numero": rettifica.numero,
                "testo": rettifica.testo,
                "motivo": rettifica.motivo,
                "incontro": rettifica.approvata_in.titolo,
                "il": rettifica.approvata_il.isoformat(),
            }
            for rettifica in self.rettifiche
        ]


def verbale_pubblicato(incontro: Incontro) -> VerbalePubblicato:
    """The minutes of a meeting as everybody reads them, in two queries; Verbale.DoesNotExist if not published."""
    verbali = Verbale.objects.filter(stato="pubblicato").select_related("originale", "incontro", "approvato_in")
    verbale = verbali.get(incontro=incontro.pk)
    approvate = verbale.rettifiche.filter(stato=StatoRettifica.APPROVATA, pubblica=True)
    rettifiche = list(approvate.select_related("approvata_in").order_by("numero"))
    return VerbalePubblicato(verbale, pubblico(orjson.loads(verbale.originale.contenuto)), rettifiche)
