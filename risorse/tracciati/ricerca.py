"""The tables of the search."""

from risorse.models import RicercaVuota, Sinonimo
from tavolo.base.tracciati import Tracciato


class TracciatoSinonimo(Tracciato):
    """sinonimi.csv: everyday words and what to look for in their place."""

    class Meta:
        model = Sinonimo
        import_id_fields = ("parola",)
        fields = ("parola", "significati")


class TracciatoRicercaVuota(Tracciato):
    """The searches that found nothing, to export only."""

    class Meta:
        model = RicercaVuota
        import_id_fields = ("testo", "lingua", "comune")
        fields = ("testo", "quante", "lingua", "comune", "creato", "aggiornato")
