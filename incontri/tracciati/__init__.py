"""The tables of themes and meetings; minutes are written in the reserved area and only go out."""

from typing import ClassVar

from django.core.exceptions import ValidationError

from incontri.models import (
    Allegato,
    Convocazione,
    Impegno,
    Incontro,
    Istanza,
    MessaggioIstanza,
    ModelloIncontro,
    Osservazione,
    Presenza,
    PuntoModello,
    PuntoOdg,
    Tema,
    Verbale,
    Voce,
)
from incontri.servizi.modifiche import NonModificabile, apri_per_modifica
from incontri.servizi.odg import odg_cambiato
from tavolo.base.celle import Testo
from tavolo.base.colonne import Colonna
from tavolo.base.tracciati import Tracciato


class TracciatoTema(Tracciato):
    """temi.csv: here `stato` is an ordinary column."""

    class Meta:
        model = Tema
        import_id_fields = ("slug",)
        fields = ("slug", "nome", "descrizione", "stato", "fonte", "ordine")


class TracciatoModelloIncontro(Tracciato):
    """modelli_incontro.csv."""

    class Meta:
        model = ModelloIncontro
        import_id_fields = ("slug",)
        fields = ("slug", "nome", "titolo", "modalita", "luogo", "durata", "attivo", "ordine")


class TracciatoPuntoModello(Tracciato):
    """punti_modello.csv: a point is recognised by its title in its template."""

    class Meta:
        model = PuntoModello
        import_id_fields = ("modello", "titolo")
        fields = ("modello", "tipo", "titolo", "descrizione", "durata", "ordine")


class DiIncontro(Tracciato):
    """Rows of a meeting, that stand still with it."""

    def before_save_instance(self, instance, row, **kwargs):
        """Refuse to change a cancelled meeting, or one whose minutes the enti are reading."""
        incontro = instance if isinstance(instance, Incontro) else instance.incontro
        if incontro._state.adding:
            return
        try:
            apri_per_modifica(incontro)
        except NonModificabile as fermo:
            raise ValidationError(str(fermo)) from fermo


class TracciatoIncontro(DiIncontro):
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


class TracciatoPuntoOdg(DiIncontro):
    """The agendas: a point is recognised by its title in its meeting."""

    class Meta:
        model = PuntoOdg
        import_id_fields = ("incontro", "titolo")
        fields = ("incontro", "titolo", "descrizione", "durata", "ordine")

    def after_save_instance(self, instance, row, **kwargs):
        """Another agenda is a new version of the meeting, as where it is written."""
        super().after_save_instance(instance, row, **kwargs)
        odg_cambiato(instance.incontro, autore=kwargs.get("user"))


class TracciatoPresenza(DiIncontro):
    """The attendances, of seats and of guests; people are read by their e-mail."""

    chiavi: ClassVar = {"utente": "email"}

    class Meta:
        model = Presenza
        import_id_fields = ("incontro", "seggio", "ospite")
        fields = ("incontro", "seggio", "ospite", "utente", "ente", "esito", "nota")


class TracciatoConvocazione(Tracciato):
    """Who was called to a meeting and what each answered, to export only; without addresses."""

    class Meta:
        model = Convocazione
        import_id_fields = ("incontro", "seggio", "nome")
        fields = ("incontro", "seggio", "ente", "nome", "risposta", "delegato", "nota", "risposto", "inviata")


class TracciatoVerbale(Tracciato):
    """Whose minutes they are and how far they are, to export only."""

    chiavi: ClassVar = {"verbalizzante": "email", "redattori": "email"}

    class Meta:
        model = Verbale
        import_id_fields = ("incontro",)
        fields = (
            "incontro",
            "verbalizzante",
            "redattori",
            "stato",
            "condiviso_il",
            "osservazioni_entro",
            "approvato_il",
            "approvato_in",
            "pubblicato_il",
        )


class TracciatoOsservazione(Tracciato):
    """The observations of the enti on the minutes, to export only."""

    chiavi: ClassVar = {"punto": "titolo"}
    incontro = Colonna(
        "verbale__incontro__slug", "incontro", Testo(), readonly=True, modello=Verbale._meta.get_field("incontro")
    )

    class Meta:
        model = Osservazione
        import_id_fields = ("ente", "testo")
        fields = ("incontro", "punto", "ente", "testo", "stato", "motivo", "decisa_il")

    def con_riferimenti(self, righe):
        """With the meeting of each of the minutes too."""
        return super().con_riferimenti(righe).select_related("verbale__incontro")


class TracciatoVoce(Tracciato):
    """The entries of the minutes, to export only."""

    chiavi: ClassVar = {"punto": "titolo"}
    incontro = Colonna(
        "punto__incontro__slug", "incontro", Testo(), readonly=True, modello=PuntoOdg._meta.get_field("incontro")
    )

    class Meta:
        model = Voce
        import_id_fields = ("punto", "ordine")
        fields = ("incontro", "punto", "tipo", "testo", "ordine")

    def con_riferimenti(self, righe):
        """With the meeting of each point too."""
        return super().con_riferimenti(righe).select_related("punto__incontro")


class TracciatoImpegno(Tracciato):
    """The commitments, to export only: their state and deadline move with a revision."""

    chiavi: ClassVar = {"persona": "email"}

    class Meta:
        model = Impegno
        import_id_fields = ("uuid",)
        fields = ("uuid", "testo", "ente", "persona", "stato", "scadenza", "incontro")


class TracciatoIstanza(Tracciato):
    """The instances and how far they are, to export only."""

    class Meta:
        model = Istanza
        import_id_fields = ("oggetto",)
        fields = (
            "oggetto",
            "testo",
            "mittente",
            "destinatario",
            "stato",
            "scadenza",
            "risposta_il",
            "creato",
        )


class TracciatoMessaggioIstanza(Tracciato):
    """What was written under the instances, to export only; who wrote is the ente, not the person."""

    chiavi: ClassVar = {"istanza": "oggetto"}

    class Meta:
        model = MessaggioIstanza
        import_id_fields = ("istanza", "testo")
        fields = ("istanza", "ente", "risposta", "discussa_in", "testo", "creato")


class TracciatoAllegato(Tracciato):
    """Which attachments there are, of what, with their fingerprints, to export only."""

    chiavi: ClassVar = {"istanza": "oggetto"}

    class Meta:
        model = Allegato
        import_id_fields = ("impronta",)
        fields = (
            "incontro",
            "istanza",
            "prassi",
            "titolo",
            "nome_file",
            "tipo",
            "dimensione",
            "impronta",
            "pubblico",
            "creato",
        )
