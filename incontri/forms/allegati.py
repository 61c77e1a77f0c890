"""Files to attach, many at once."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from incontri.servizi.controllo_file import AMMESSI, FileRifiutato, controlla_file
from tavolo.base.forms import ConHelper


class MoltiFile(forms.FileInput):
    """The browser's own choice of files, more than one at a time."""

    allow_multiple_selected = True


class CampoFile(forms.FileField):
    """Files, each checked by its content; the error says which one and why. Gives a list."""

    def __init__(self, **kwargs):
        aiuto = f"{AMMESSI}; al massimo {settings.ALLEGATO_MB} MB l'uno. Puoi sceglierne più di uno."
        super().__init__(**{"required": False, "label": "Allegati", "widget": MoltiFile, "help_text": aiuto, **kwargs})

    def to_python(self, data):
        """The files as they came: an empty one too, for the check says which one it is."""
        return data

    def clean(self, data, initial=None):
        """The list of the files, if every one may come in."""
        scelti = data if isinstance(data, list | tuple) else [data]
        scelti = [file for file in scelti if file]
        if self.required and not scelti:
            raise ValidationError(self.error_messages["required"])
        errori = [errore for file in scelti if (errore := _errore(file))]
        if errori:
            raise ValidationError(errori)
        return scelti


class ConAllegati(forms.Form):
    """A form (to inherit) with files beside its words: given back, it says that the files are to be chosen again."""

    allegati = CampoFile()

    def add_error(self, field, error):
        """The error; the browser keeps no file, so the help of the field says so if there were any."""
        super().add_error(field, error)
        if any(self.files.getlist("allegati") if self.files else ()):
            campo = self.fields["allegati"]
            campo.help_text = f"I file vanno scelti di nuovo: il browser non li tiene. {CampoFile().help_text}"


def _errore(file):
    try:
        controlla_file(file)
    except FileRifiutato as rifiutato:
        return str(rifiutato)
    return ""


class AllegatiForm(ConHelper, forms.Form):
    """Files for a meeting, an instance or a good practice; each is checked when it is attached, so that a bad one stops no other."""

    azione = "Allega"

    titolo = forms.CharField(
        required=False, max_length=160, label="Che cos'è", help_text="Se lo lasci vuoto si legge il nome del file."
    )
    pubblico = forms.BooleanField(
        required=False,
        help_text="Chiunque potrà scaricarlo: niente nomi di persone, niente casi, neanche nelle proprietà del file.",
    )

    field_order = ("file", "titolo", "pubblico")

    def __init__(self, *args, con_che_cosa="insieme al verbale", **kwargs):
        super().__init__(*args, **kwargs)
        # The files are checked one by one by who attaches them.
        self.fields["file"] = CampoFile(label="File")
        self.fields["file"].clean = self._solo_i_file
        self.fields["pubblico"].label = f"Si pubblica {con_che_cosa}"
        if not con_che_cosa:
            del self.fields["pubblico"]
        self.order_fields(self.field_order)

    def _solo_i_file(self, data, initial=None):
        scelti = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if not scelti:
            raise ValidationError("Scegli almeno un file.")
        return scelti
