"""The whole document as plain data: what files are printed from and what publishing freezes."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone

from incontri.models import Restituzione, SezioneRestituzione
from incontri.servizi.restituzioni.penna import SEGNO

FORMATO = 1
# Draws a figure from its data: gives {"svg", "alternativa", "titolo"}. Charts live in a higher layer.
Disegna = Callable[[Mapping[str, Any]], dict[str, str]]


class Numeri:
    """The numbers of the sources, in the order in which the document cites them.

    `per_tutti`: of a source that only the enti may open the name is told, without an address nobody else gets in by.
    """

    def __init__(self, portale: str, *, per_tutti: bool):
        self._portale, self._chiuse = portale, reverse("area") if per_tutti else None
        self._numeri: dict[str, int] = {}
        self.fonti: list[dict[str, Any]] = []

    def testo(self, sezione: SezioneRestituzione) -> str:
        """The text with its marks made links to the sources; a mark whose source is not known goes away."""

        def _collega(trovato: Any) -> str:
            fonte = sezione.fonti.get(trovato[1])
            if fonte is None:
                return ""
            numero = self._numero(trovato[1], fonte)
            indirizzo = self.fonti[numero - 1]["indirizzo"]
            return rf" [\[{numero}\]]({indirizzo})" if indirizzo.startswith("http") else rf" \[{numero}\]"

        return SEGNO.sub(_collega, sezione.testo)

    def _numero(self, chiave: str, fonte: Mapping[str, str]) -> int:
        if chiave not in self._numeri:
            self._numeri[chiave] = len(self.fonti) + 1
            indirizzo = fonte["indirizzo"]
            if self._chiuse and indirizzo.startswith(self._chiuse):
                indirizzo = ""
            intero = f"{self._portale}{indirizzo}" if indirizzo.startswith("/") else indirizzo
            self.fonti.append({"numero": len(self.fonti) + 1, "nome": fonte["nome"], "indirizzo": intero})
        return self._numeri[chiave]


def contenuto(restituzione: Restituzione, *, portale: str, disegna: Disegna) -> dict[str, Any]:
    """The document as it is saved now; `portale` is the whole address before every path. Four queries.

    Published, it has no address of the reserved area.
    """
    numeri = Numeri(portale, per_tutti=restituzione.fermo)
    sezioni = [
        {
            "genere": sezione.genere,
            "titolo": sezione.get_genere_display(),
            "testo": numeri.testo(sezione),
            "tabelle": sezione.tabelle,
            "figura": disegna(sezione.figura) if sezione.figura else None,
        }
        for sezione in restituzione.sezioni.order_by("ordine")
    ]
    return {
        "formato": FORMATO,
        "restituzione": str(restituzione.pk),
        "titolo": restituzione.titolo,
        "stato": restituzione.stato,
        "dal": restituzione.dal.isoformat(),
        "al": restituzione.al.isoformat(),
        "temi": [tema.nome for tema in restituzione.temi.all()],
        "numero": restituzione.segno,
        "compilata_il": _momento(restituzione.compilata_il),
        "pubblicata_il": _momento(restituzione.pubblicata_il),
        "esempio": restituzione.esempio,
        "impronta_fonti": restituzione.impronta,
        "sezioni": sezioni,
        "fonti": numeri.fonti,
    }


def _momento(momento: Any) -> str | None:
    return timezone.localtime(momento).isoformat() if momento else None
