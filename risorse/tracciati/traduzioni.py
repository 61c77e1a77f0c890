"""The table of the translations, out only: what comes back in goes through the desk."""

from typing import ClassVar

from risorse.models import Traduzione
from tavolo.base.tracciati import Tracciato


class TracciatoTraduzione(Tracciato):
    """All the translations, to be read elsewhere."""

    chiavi: ClassVar = {"tipo": "model"}

    class Meta:
        model = Traduzione
        import_id_fields = ("tipo", "oggetto_id", "campo", "lingua")
        fields = ("tipo", "oggetto_id", "campo", "lingua", "italiano", "testo", "stato")
