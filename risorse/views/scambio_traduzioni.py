"""Translations as files: out for who works elsewhere, in with a preview and a confirmation."""

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.views.generic import FormView, View

from risorse.forms.traduzioni import CodaForm, FileTraduzioniForm
from risorse.servizi import coda_traduzioni, xliff
from risorse.servizi.scambio_traduzioni import importa, in_csv, leggi
from risorse.views.traduzioni import TraduceMixin
from tavolo.base.formati import FileNonLeggibile

UN_ORA = 3600
FORMATI = {"xliff": ("xlf", "application/xliff+xml", xliff.scrivi), "csv": ("csv", "text/csv; charset=utf-8", in_csv)}


class EsportaView(TraduceMixin, View):
    """`/area/traduzioni/<lingua>/esporta/`: the queue as filtered, `formato` xliff (else csv)."""

    def get(self, request, **kwargs):
        """The file; every text of each card that matches."""
        schede = CodaForm(request.GET).filtra(coda_traduzioni.coda(self.lingua))
        estensione, tipo, scrivi = FORMATI.get(request.GET.get("formato", ""), FORMATI["csv"])
        risposta = HttpResponse(scrivi(schede, self.lingua), content_type=tipo)
        nome = f"traduzioni-{self.lingua}-{timezone.localdate():%Y-%m-%d}.{estensione}"
        risposta["Content-Disposition"] = f'attachment; filename="{nome}"'
        return risposta


class ImportaView(TraduceMixin, FormView):
    """`/area/traduzioni/<lingua>/importa/`: the file is kept for one hour between preview and confirmation."""

    form_class = FileTraduzioniForm
    template_name = "traduzioni/importa.html"

    def post(self, request, *args, **kwargs):
        """Either a file to look at, or the word that it is good."""
        chiave = request.POST.get("conferma")
        return self.conferma(chiave) if chiave else super().post(request, *args, **kwargs)

    def form_valid(self, form):
        """Try the import, and show what it would do."""
        try:
            unita = leggi(form.cleaned_data["file"], self.lingua)
        except FileNonLeggibile as errore:
            for messaggio in errore.messaggi:
                form.add_error("file", messaggio)
            return self.form_invalid(form)
        scambio, chiave = importa(unita, autore=self.request.user, prova=True), ""
        if scambio.cambi and not scambio.errori:
            chiave = get_random_string(20)
            cache.set(self._posto(), (chiave, unita), UN_ORA)
        return self.render_to_response(self.get_context_data(form=form, scambio=scambio, chiave=chiave))

    def conferma(self, chiave):
        """Import what the preview showed; whatever happens the file is not kept any longer."""
        tenuta, unita = cache.get(self._posto(), ("", []))
        if chiave != tenuta:
            messages.error(self.request, "L'anteprima è scaduta, niente è stato salvato: manda di nuovo il file.")
            return redirect("traduzioni:importa", lingua=self.lingua)
        cache.delete(self._posto())
        scambio = importa(unita, autore=self.request.user)
        if scambio.errori:
            return self.render_to_response(self.get_context_data(form=FileTraduzioniForm(), scambio=scambio))
        fatte = f"nuove {scambio.nuove}, aggiornate {scambio.aggiornate}, invariate {scambio.invariate}"
        messages.success(self.request, f"Traduzioni importate: {fatte}.")
        return redirect("traduzioni:coda", lingua=self.lingua)

    def _posto(self):
        return f"traduzioni:{self.request.user.pk}:{self.lingua}"
