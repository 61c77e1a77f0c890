"""The table of the subscriptions to the newsletter: it only goes out, to who coordinates."""

from incontri.models import IscrizioneNewsletter
from tavolo.base.tracciati import Tracciato


class TracciatoIscrizioneNewsletter(Tracciato):
    """The addresses, to export only."""

    class Meta:
        model = IscrizioneNewsletter
        import_id_fields = ("uuid",)
        fields = ("uuid", "email", "lingua", "stato", "richiesta_il", "confermata_il", "disdetta_il")
