"""What the enti proposed and answered, as tables."""

from risorse.models import PropostaModifica, Ricognizione
from tavolo.base.tracciati import Tracciato


class TracciatoPropostaModifica(Tracciato):
    """What the enti proposed and what became of it, to export only."""

    class Meta:
        model = PropostaModifica
        import_id_fields = ("creato", "risorsa")
        fields = ("creato", "risorsa", "ente", "tipo", "nota", "stato", "motivazione", "decisa_il")


class TracciatoRicognizione(Tracciato):
    """The surveys, to export only."""

    class Meta:
        model = Ricognizione
        import_id_fields = ("slug",)
        fields = ("slug", "titolo", "istruzioni", "scadenza", "stato", "chiusa_il")
