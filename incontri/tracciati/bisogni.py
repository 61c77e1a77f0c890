"""The tables of the needs, of what shows them, of where they were heard."""

from typing import ClassVar

from incontri.models import Bisogno, Evidenza, OrigineBisogno
from tavolo.base.celle import Testo
from tavolo.base.colonne import Colonna
from tavolo.base.tracciati import Tracciato


class TracciatoBisogno(Tracciato):
    """bisogni.csv; which need one was merged into only goes out: it takes the page that compares the two."""

    unito_a = Colonna("unito_a__slug", "unito_a", Testo(), readonly=True, modello=Bisogno._meta.get_field("unito_a"))

    class Meta:
        model = Bisogno
        import_id_fields = ("slug",)
        fields = (
            "slug",
            "titolo",
            "descrizione",
            "tema",
            "destinatari",
            "comuni",
            "categorie",
            "risorse",
            "stato",
            "motivo",
            "unito_a",
            "esempio",
        )

    def con_riferimenti(self, righe):
        """With the need each was merged into."""
        return super().con_riferimenti(righe).select_related("unito_a")


class TracciatoEvidenza(Tracciato):
    """evidenze.csv: an evidence is recognised by its words, place and time in its need; a count under five loses its number."""

    class Meta:
        model = Evidenza
        import_id_fields = ("bisogno", "testo", "comune", "riferimento")
        fields = (
            "bisogno",
            "tipo",
            "testo",
            "valore",
            "unita",
            "soppresso",
            "comune",
            "riferimento",
            "fonte",
            "url",
        )


class TracciatoOrigineBisogno(Tracciato):
    """Where the needs were heard, to export only: they are written where the entry, the report or the words are."""

    chiavi: ClassVar = {"voce": "testo", "segnalazione": "testo", "portata_da": "slug"}

    class Meta:
        model = OrigineBisogno
        import_id_fields = ("bisogno", "tipo", "parole", "nota")
        fields = ("bisogno", "tipo", "voce", "segnalazione", "parole", "quante", "nota", "portata_da", "creato")
