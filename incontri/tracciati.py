"""The tables of themes and meetings; minutes are written in the reserved area and only go out."""

from typing import ClassVar

from incontri.models import Incontro, Presenza, PuntoOdg, Tema, Verbale, Voce
from tavolo.base.tracciati import Tracciato


class TracciatoTema(Tracciato):
    """temi.csv: here `stato` is an ordinary column."""

    class Meta:
        model = Tema
        import_id_fields = ("slug",)
        fields = ("slug", "nome", "descrizione", "stato", "fonte", "ordine")


class TracciatoIncontro(Tracciato):
    """incontri.csv."""

    class Meta:
        model = Incontro
        import_id_fields = ("slug",)
        fields = (
            "slug",
            "titolo",
            "stato",
            "inizio",
            "fine",
            "modalita",
            "luogo",
            "collegamento",
            "temi",
            "pubblico",
            "fonte",
            "ordine",
        )


class TracciatoPuntoOdg(Tracciato):
    """The agendas: a point is recognised by its title in its meeting."""

    class Meta:
        model = PuntoOdg
        import_id_fields = ("incontro", "titolo")
        fields = ("incontro", "titolo", "descrizione", "durata", "ordine")


class TracciatoPresenza(Tracciato):
    """The attendances, of seats and of guests; people are read by their e-mail."""

    chiavi: ClassVar = {"utente": "email"}

    class Meta:
        model = Presenza
        import_id_fields = ("incontro", "seggio", "ospite")
        fields = ("incontro", "seggio", "ospite", "utente", "ente", "esito", "nota")


class TracciatoVerbale(Tracciato):
    """Whose minutes they are and how far they are, to export only."""

    chiavi: ClassVar = {"verbalizzante": "email", "redattori": "email"}

    class Meta:
        model = Verbale
        import_id_fields = ("incontro",)
        fields = ("incontro", "verbalizzante", "redattori", "stato")


class TracciatoVoce(Tracciato):
    """The entries of the minutes, to export only."""

    chiavi: ClassVar = {"punto": "titolo"}

    class Meta:
        model = Voce
        import_id_fields = ("punto", "ordine")
        fields = ("punto", "tipo", "testo", "ordine")
