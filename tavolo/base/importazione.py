"""How a table comes into the back office: at once if it is short, by the queue if it is long."""

from typing import Any

from django import forms
from django.conf import settings
from django.shortcuts import redirect
from import_export.forms import ExportForm, ImportForm

from tavolo.base.coda import accoda
from tavolo.base.formati import BYTE_MASSIMI, FileNonLeggibile, formato_di


class EsportazioneForm(ExportForm):
    """In which format to take rows out: the first is already chosen."""

    def _init_formats(self, formats):
        super()._init_formats(formats)
        formato = self.fields["format"]
        formato.choices = [scelta for scelta in formato.choices if scelta[0]]
        self.initial["format"] = "0"


class ImportazioneForm(ImportForm):
    """One file: its format is read from its content, and a file that is not a table goes no further."""

    def __init__(self, formats, resources, **kwargs):
        super().__init__(formats, resources, **kwargs)
        self.formati = formats
        self.righe = 0
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
            self.righe = formato().create_dataset(contenuto).height
            if not self.righe:
                self.add_error("import_file", "Il file ha solo i nomi delle colonne: non c'è nessuna riga.")
        except FileNonLeggibile as errore:
            for messaggio in errore.messaggi:
                self.add_error("import_file", messaggio)
        return dati


class ConCoda:
    """A page of the back office whose long files go on behind it: for the short ones there is the preview."""

    opts: Any
    choose_import_resource_class: Any
    create_import_form: Any
    has_import_permission: Any

    def import_action(self, request, **kwargs):
        """Put a long file in the queue and go where its progress is shown."""
        if request.method == "POST" and self.has_import_permission(request):
            modulo = self.create_import_form(request)
            if modulo.is_valid() and modulo.righe > settings.RIGHE_IN_RICHIESTA:
                return redirect("admin:base_importazione_change", self._accoda(request, modulo).pk)
        return super().import_action(request, **kwargs)  # type: ignore[misc]

    def _accoda(self, request, modulo):
        file, tracciato = modulo.cleaned_data["import_file"], self.choose_import_resource_class(modulo, request)
        return accoda(
            file.read(),
            nome_file=file.name,
            lavoro=f"{tracciato.__module__}.{tracciato.__qualname__}",
            titolo=str(self.opts.verbose_name_plural),
            righe=modulo.righe,
            autore=request.user,
        )
