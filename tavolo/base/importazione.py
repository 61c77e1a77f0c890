"""The form that takes a table into the back office."""

from django import forms
from import_export.forms import ImportForm

from tavolo.base.formati import BYTE_MASSIMI, FileNonLeggibile, formato_di


class ImportazioneForm(ImportForm):
    """One file: its format is read from its content, and a file that is not a table goes no further."""

    def __init__(self, formats, resources, **kwargs):
        super().__init__(formats, resources, **kwargs)
        self.formati = formats
        self.fields["import_file"].label = "File CSV o Excel (.xlsx)"
        self.fields["import_file"].widget.attrs["accept"] = ".csv,.xlsx,.txt"
        self.fields["format"].required = False
        self.fields["format"].widget = forms.HiddenInput()

    @property
    def media(self):
        """No script: there is no format to guess."""
        return forms.Media()

    def clean_import_file(self):
        """Refuse what is too large before reading it."""
        file = self.cleaned_data["import_file"]
        if file.size > BYTE_MASSIMI:
            raise forms.ValidationError("Il file è troppo grande: il massimo è 10 MB.")
        return file

    def clean(self):
        """Choose the format and read the file once, before it is kept for the confirmation."""
        dati = super().clean()
        file = dati.get("import_file")
        if file is None:
            return dati
        contenuto = file.read()
        file.seek(0)
        formato = formato_di(contenuto)
        dati["format"] = str(self.formati.index(formato))
        try:
            if not formato().create_dataset(contenuto).height:
                self.add_error("import_file", "Il file ha solo i nomi delle colonne: non c'è nessuna riga.")
        except FileNonLeggibile as errore:
            for messaggio in errore.messaggi:
                self.add_error("import_file", messaggio)
        return dati
