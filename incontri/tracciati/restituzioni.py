"""The tables of the restitution documents: they only go out."""

from incontri.models import CommentoRestituzione, Restituzione
from tavolo.base.tracciati import Tracciato


class TracciatoRestituzione(Tracciato):
    """The documents, to export only: they are written in the reserved area."""

    class Meta:
        model = Restituzione
        import_id_fields = ("slug",)
        fields = ("slug", "titolo", "dal", "al", "temi", "stato", "anno", "numero", "esempio")


class TracciatoCommentoRestituzione(Tracciato):
    """What the enti said of them, to export only."""

    class Meta:
        model = CommentoRestituzione
        import_id_fields = ("uuid",)
        fields = ("uuid", "ente", "testo", "stato", "risposta")
