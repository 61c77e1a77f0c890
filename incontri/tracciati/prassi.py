"""The tables of the good practices and of who took them up."""

from incontri.models import Adozione, BuonaPrassi
from tavolo.base.tracciati import Tracciato


class TracciatoBuonaPrassi(Tracciato):
    """buone_prassi.csv: a good practice is recognised by its slug; what is missing from it only goes out."""

    class Meta:
        model = BuonaPrassi
        import_id_fields = ("slug",)
        fields = (
            "slug",
            "titolo",
            "ente",
            "in_breve",
            "contesto",
            "azione",
            "con_chi",
            "risultati",
            "condizioni",
            "contatti",
            "collegamenti",
            "dal",
            "temi",
            "bisogni",
            "comuni",
            "stato",
            "pubblicata_il",
            "esempio",
        )


class TracciatoAdozione(Tracciato):
    """adozioni.csv: one row for each comune that took up a good practice."""

    class Meta:
        model = Adozione
        import_id_fields = ("prassi", "comune")
        fields = ("prassi", "comune", "dal", "nota")
