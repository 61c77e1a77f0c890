"""The page of the back office that brings in the files of Istat: first what would change, then the word that it is good."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.crypto import get_random_string
from django.utils.decorators import method_decorator
from django.views.generic import FormView

from referenti.models import Indicatore
from referenti.servizi.istat.carico import MOTIVO, carica, confronta, leggi_dell_ambito
from referenti.servizi.istat.tavola import Tavola
from tavolo.base.formati import BYTE_MASSIMI, FileNonLeggibile

UN_ORA = 3600
INDIRIZZO = "admin:referenti_indicatore_istat"


class IstatForm(forms.Form):
    """A file as downloaded, read while it is checked."""

    file = forms.FileField(
        label="File di Istat",
        help_text="Lo zip POSAS o STRASA «Comuni», così come lo scarichi. Al massimo 10 MB.",
        error_messages={"required": "Scegli un file.", "empty": "Il file è vuoto: scaricalo di nuovo."},
    )

    def clean_file(self) -> Tavola:
        """The figures of the comuni of the Ambito in it."""
        file = self.cleaned_data["file"]
        if file.size > BYTE_MASSIMI:
            raise forms.ValidationError(
                "Il file è troppo grande: il massimo è 10 MB. Manda lo zip, oppure il file della sola provincia."
            )
        try:
            return leggi_dell_ambito(file, file.name)
        except FileNonLeggibile as errore:
            raise forms.ValidationError(list(errore.messaggi)) from errore


# A national file takes a second to read: meanwhile nobody must wait to write. What is written has a transaction of its own.
@method_decorator(transaction.non_atomic_requests, name="dispatch")
class IstatView(FormView):
    """What was read is kept for one hour between preview and confirmation, for the person who sent it only."""

    form_class = IstatForm
    template_name = "admin/referenti/indicatore/istat.html"
    amministrazione: Any = None

    def dispatch(self, request, *args, **kwargs):
        """Only who may write figures."""
        if not all(request.user.has_perm(f"referenti.{azione}_indicatore") for azione in ("add", "change")):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """What every page of the back office knows."""
        sito = self.amministrazione.admin_site
        return super().get_context_data(
            **sito.each_context(self.request), title="Carica i dati Istat", opts=Indicatore._meta, **kwargs
        )

    def post(self, request, *args, **kwargs):
        """Either a file to look at, or the word that it is good."""
        chiave = request.POST.get("conferma")
        return self.conferma(chiave) if chiave else super().post(request, *args, **kwargs)

    def form_valid(self, form):
        """Show what the file would bring."""
        confronto = confronta(form.cleaned_data["file"])
        chiave = get_random_string(20)
        cache.set(self._posto(), (chiave, confronto.tavola), UN_ORA)
        return self.render_to_response(self.get_context_data(form=form, confronto=confronto, chiave=chiave))

    def conferma(self, chiave: str) -> HttpResponse:
        """Write what the preview showed; whatever happens it is not kept any longer."""
        tenuta, tavola = cache.get(self._posto(), ("", None))
        if chiave != tenuta or tavola is None:
            messages.error(self.request, "L'anteprima è scaduta, niente è stato salvato: manda di nuovo il file.")
            return redirect(INDIRIZZO)
        cache.delete(self._posto())
        try:
            with transaction.atomic():
                confronto = carica([tavola], autore=self.request.user)[0]
                for azione, righe in ((ADDITION, confronto.righe("nuova")), (CHANGE, confronto.righe("cambia"))):
                    if righe:
                        LogEntry.objects.log_actions(
                            self.request.user.pk, righe, azione, change_message=MOTIVO, single_object=len(righe) == 1
                        )
        except FileNonLeggibile as errore:
            messages.error(self.request, f"{errore} Niente è stato salvato.")
            return redirect(INDIRIZZO)
        messages.success(
            self.request,
            f"Dati Istat del {tavola.anno} caricati. Cifre nuove: {confronto.nuove}; aggiornate: {confronto.aggiornate}; "
            f"invariate: {confronto.invariate}.",
        )
        return redirect(INDIRIZZO)

    def _posto(self) -> str:
        return f"istat:{self.request.user.pk}"


class ConIstatMixin:
    """What the page of the figures adds: the way to load those of Istat."""

    admin_site: Any
    import_export_change_list_template = "admin/referenti/indicatore/change_list.html"

    def get_urls(self):
        """One more page: the files of Istat."""
        vista = self.admin_site.admin_view(IstatView.as_view(amministrazione=self))
        return [path("istat/", vista, name="referenti_indicatore_istat"), *super().get_urls()]  # type: ignore[misc]
