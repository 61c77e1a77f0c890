"""Forms of the project itself."""

from django import forms

from tavolo.base.formati import BYTE_MASSIMI, FileNonLeggibile
from tavolo.servizi.caricamento import leggi_archivio


class PiuFileField(forms.FileField):
    """One field, several files."""

    widget = type("PiuFileInput", (forms.ClearableFileInput,), {"allow_multiple_selected": True})

    def clean(self, data, initial=None):
        """The list of the files."""
        return [super(PiuFileField, self).clean(uno, initial) for uno in (data or [None])]


class CaricamentoForm(forms.Form):
    """The files of a `dati/` folder, one by one or in a zip."""

    file = PiuFileField(
        label="File del territorio",
        help_text="Uno o più file CSV o GeoJSON con i nomi di sempre (per esempio enti.csv), oppure un archivio zip.",
        error_messages={"required": "Scegli almeno un file."},
    )

    def clean_file(self) -> dict[str, bytes]:
        """The content of each file by its name, archives opened."""
        contenuti: dict[str, bytes] = {}
        if sum(uno.size for uno in self.cleaned_data["file"]) > BYTE_MASSIMI:
            raise forms.ValidationError("I file sono troppo grandi: il massimo è 10 MB in tutto.")
        for uno in self.cleaned_data["file"]:
            try:
                letti = leggi_archivio(uno.read()) if uno.name.lower().endswith(".zip") else {uno.name: uno.read()}
            except FileNonLeggibile as errore:
                raise forms.ValidationError(f"{uno.name}: {errore}") from errore
            contenuti |= letti
        if sum(map(len, contenuti.values())) > BYTE_MASSIMI:
            raise forms.ValidationError("I file dell'archivio sono troppo grandi: il massimo è 10 MB in tutto.")
        return contenuti


class PacchettoHsdsForm(forms.Form):
    """An HSDS tabular data package."""

    file = forms.FileField(
        label="Pacchetto HSDS",
        help_text="Uno zip con i file CSV di HSDS 3 e, se c'è, il loro datapackage.json. Al massimo 10 MB.",
        error_messages={"required": "Scegli un file."},
    )
    pubblica = forms.BooleanField(
        label="Pubblica subito i servizi nuovi",
        required=False,
        help_text="Se lasci vuota la casella i servizi nuovi arrivano come bozze: li guardi e li pubblichi tu.",
    )

    def clean_file(self) -> bytes:
        """The content."""
        if self.cleaned_data["file"].size > BYTE_MASSIMI:
            raise forms.ValidationError("Il file è troppo grande: il massimo è 10 MB. Puoi dividerlo in più pacchetti.")
        return self.cleaned_data["file"].read()
