"""The table of what the enti declare of their coverage."""

from incontri.models import Copertura
from tavolo.base.tracciati import Tracciato


class TracciatoCopertura(Tracciato):
    """coperture.csv: a declaration is recognised by its need, ente, comune and service."""

    class Meta:
        model = Copertura
        import_id_fields = ("bisogno", "ente", "comune", "risorsa")
        fields = (
            "bisogno",
            "ente",
            "comune",
            "risorsa",
            "dal",
            "al",
            "capienza",
            "raggiunti",
            "quota",
            "nota",
        )
