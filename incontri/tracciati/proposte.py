"""The tables of the proposals, of their steps, of what came of them."""

from typing import ClassVar

from incontri.models import EsitoProposta, PassoProposta, Proposta
from tavolo.base.tracciati import Tracciato


class TracciatoProposta(Tracciato):
    """proposte.csv, to export only: it takes a decision of a meeting to approve one."""

    chiavi: ClassVar = {"voce": "testo", "decisione": "testo"}

    class Meta:
        model = Proposta
        import_id_fields = ("slug",)
        fields = (
            *("slug", "titolo", "descrizione", "bisogni", "capofila", "partner"),
            *("fattibilita", "motivo_fattibilita", "costi", "voce", "decisione"),
            *("stato", "esito", "concluso_il", "esempio"),
        )


class TracciatoPassoProposta(Tracciato):
    """passi_proposte.csv: a step is recognised by its words in its proposal."""

    class Meta:
        model = PassoProposta
        import_id_fields = ("proposta", "testo")
        fields = ("proposta", "testo", "ente", "entro", "fatto_il", "ordine")


class TracciatoEsitoProposta(Tracciato):
    """What was measured again, to export only."""

    chiavi: ClassVar = {"evidenza": "testo"}

    class Meta:
        model = EsitoProposta
        import_id_fields = ("proposta", "evidenza", "riferimento")
        fields = ("proposta", "evidenza", "valore", "riferimento", "fonte", "nota")
