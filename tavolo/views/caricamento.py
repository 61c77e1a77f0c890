"""Back office page that loads the territory's files: first a preview, then the confirmation."""

from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import get_random_string
from django.views.generic import FormView

from tavolo.forms import CaricamentoForm
from tavolo.servizi.caricamento import FILE, Caricamento, carica

UN_ORA = 3600


class CaricamentoView(FormView):
    """Files kept for one hour between preview and confirmation, for the person who sent them only."""

    form_class = CaricamentoForm
    template_name = "admin/carica_dati.html"
    sito: Any = None

    def get_context_data(self, **kwargs):
        """What every page of the back office knows, and the names of the files."""
        return super().get_context_data(
            **self.sito.each_context(self.request), title="Carica i dati del territorio", nomi=list(FILE), **kwargs
        )

    def post(self, request, *args, **kwargs):
        """Either files to look at, or the word that they are good."""
        chiave = request.POST.get("conferma")
        return self.conferma(chiave) if chiave else super().post(request, *args, **kwargs)

    def form_valid(self, form):
        """Try the load, and show what it would do."""
        contenuti = form.cleaned_data["file"]
        caricamento = carica(contenuti, autore=self.request.user, prova=True)
        chiave = ""
        if caricamento.riuscito:
            chiave = get_random_string(20)
            cache.set(self._posto(), (chiave, contenuti), UN_ORA)
        return self.render_to_response(self.get_context_data(form=form, caricamento=caricamento, chiave=chiave))

    def conferma(self, chiave: str) -> HttpResponse:
        """Load what the preview showed; whatever happens the files are not kept any longer."""
        tenuta, contenuti = cache.get(self._posto(), ("", {}))
        if chiave != tenuta:
            messages.error(self.request, "L'anteprima è scaduta, niente è stato salvato: manda di nuovo i file.")
            return redirect("admin:carica-dati")
        cache.delete(self._posto())
        caricamento = carica(contenuti, autore=self.request.user)
        if not caricamento.riuscito:
            return self.render_to_response(self.get_context_data(form=CaricamentoForm(), caricamento=caricamento))
        messages.success(self.request, f"Dati caricati: {self._riassunto(caricamento)}.")
        return redirect("admin:index")

    def _posto(self) -> str:
        return f"carica-dati:{self.request.user.pk}"

    @staticmethod
    def _riassunto(caricamento: Caricamento) -> str:
        nuove, aggiornate = sum(f.nuove for f in caricamento.file), sum(f.aggiornate for f in caricamento.file)
        return f"righe nuove {nuove}, aggiornate {aggiornate}"
