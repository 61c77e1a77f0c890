"""Back office page that brings an HSDS package in: first a trial, then the queue of the imports."""

from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import get_random_string
from django.views.generic import FormView

from risorse.hsds.pacchetto.coda import IN_BOZZA, PUBBLICATI
from risorse.hsds.pacchetto.porta import importa
from tavolo.base.coda import accoda
from tavolo.base.formati import FileNonLeggibile
from tavolo.forms import PacchettoHsdsForm

UN_ORA = 3600
ERRORI_MOSTRATI = 200


class PacchettoHsdsView(FormView):
    """The file is kept for one hour between preview and confirmation, for the person who sent it only."""

    form_class = PacchettoHsdsForm
    template_name = "admin/pacchetto_hsds.html"
    sito: Any = None

    def get_context_data(self, **kwargs):
        """What every page of the back office knows."""
        return super().get_context_data(
            **self.sito.each_context(self.request),
            title="Importa un pacchetto HSDS",
            mostrati=ERRORI_MOSTRATI,
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        """Either a file to look at, or the word that it is good."""
        chiave = request.POST.get("conferma")
        return self.conferma(chiave) if chiave else super().post(request, *args, **kwargs)

    def form_valid(self, form):
        """Try the import, and show what it would do."""
        contenuto, pubblica = form.cleaned_data["file"], form.cleaned_data["pubblica"]
        try:
            esito = importa(contenuto, autore=self.request.user, prova=True, pubblica=pubblica)
        except FileNonLeggibile as errore:
            for messaggio in errore.messaggi:
                form.add_error("file", messaggio)
            return self.form_invalid(form)
        chiave = ""
        if esito.riuscito:
            chiave = get_random_string(20)
            cache.set(self._posto(), (chiave, contenuto, self.request.FILES["file"].name, pubblica), UN_ORA)
        return self.render_to_response(
            self.get_context_data(form=form, esito=esito, errori=esito.errori[:ERRORI_MOSTRATI], chiave=chiave)
        )

    def conferma(self, chiave: str) -> HttpResponse:
        """Put what the preview showed in the queue, and go where its progress is seen."""
        tenuta, contenuto, nome, pubblica = cache.get(self._posto(), ("", b"", "", False))
        if chiave != tenuta:
            messages.error(self.request, "L'anteprima è scaduta, niente è stato salvato: manda di nuovo il file.")
            return redirect("admin:pacchetto-hsds")
        cache.delete(self._posto())
        lavoro = PUBBLICATI if pubblica else IN_BOZZA
        importazione = accoda(
            contenuto, nome_file=nome, lavoro=lavoro, titolo="pacchetto HSDS", autore=self.request.user
        )
        return redirect("admin:base_importazione_change", importazione.pk)

    def _posto(self) -> str:
        return f"pacchetto-hsds:{self.request.user.pk}"
