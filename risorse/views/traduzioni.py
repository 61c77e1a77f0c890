"""The desk of who translates: the languages, the queue of one, and one card at a time."""

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import ListView, TemplateView, View

from risorse.forms.traduzioni import CodaForm, VoceForm
from risorse.models.traduzione import lingue_di_traduzione
from risorse.servizi import coda_traduzioni
from risorse.servizi.coda_traduzioni import Stato
from risorse.servizi.traduzioni import ItalianoCambiato, salva_traduzione, togli_traduzione
from tavolo.base.concorrenza import VersioneSuperata
from tavolo.base.paginazione import PaginaTollerante
from tavolo.base.riservata import RiservataMixin


class TraduceMixin(RiservataMixin):
    """A page of who translates; where the address names a language that is none of ours, 404."""

    permission_required = ("tavolo.entra_area", "risorse.traduci")

    @cached_property
    def lingua(self):
        """The code of the language of the address."""
        if self.kwargs["lingua"] not in dict(lingue_di_traduzione()):
            raise Http404
        return self.kwargs["lingua"]

    def get_context_data(self, **kwargs):
        """The language, its name, its direction."""
        if "lingua" in self.kwargs:
            nome = dict(lingue_di_traduzione())[self.lingua]
            kwargs |= {"lingua": self.lingua, "nome_lingua": nome, "da_destra": self.da_destra}
        return super().get_context_data(**kwargs)

    @property
    def da_destra(self):
        """Whether the language is written from right to left."""
        return self.lingua in settings.LANGUAGES_BIDI


class LinguaListView(TraduceMixin, TemplateView):
    """`/area/traduzioni/`: every language, how far it is."""

    template_name = "traduzioni/lingua_list.html"

    def get_context_data(self, **kwargs):
        """For each language its counts and the share that is done."""
        tutti = coda_traduzioni.oggetti()
        return super().get_context_data(lingue=[self.riga(*una, tutti) for una in lingue_di_traduzione()], **kwargs)

    def riga(self, codice, nome, tutti):
        """One language: its counts by state, how many texts, how many in a hundred the reader gets in it."""
        conteggi = coda_traduzioni.conta(coda_traduzioni.coda(codice, tutti))
        totale = conteggi.total()
        mostrate = conteggi[Stato.DA_RIVEDERE] + conteggi[Stato.VERIFICATA]
        return {
            "codice": codice,
            "nome": nome,
            "totale": totale,
            "stati": [(stato.label, stato.value, conteggi[stato]) for stato in Stato],
            "mostrate": 100 * mostrate // totale if totale else 100,
        }


class CodaView(TraduceMixin, PaginaTollerante, ListView):
    """`/area/traduzioni/<lingua>/`: what there is to do, terms first, then the cards by how many people see them."""

    template_name = "traduzioni/coda.html"
    paginate_by = 30
    context_object_name = "schede"

    def get_queryset(self):
        """The cards that match the filters."""
        self.filtri = CodaForm(self.request.GET)
        self.tutte = coda_traduzioni.coda(self.lingua)
        return self.filtri.filtra(self.tutte)

    def get_context_data(self, **kwargs):
        """The filters and the counts of the whole language."""
        conteggi = coda_traduzioni.conta(self.tutte)
        return super().get_context_data(
            filtri=self.filtri,
            filtrato=any(self.request.GET.get(nome) for nome in self.filtri.fields),
            stati=[(stato.label, stato.value, conteggi[stato]) for stato in Stato],
            **kwargs,
        )


class SchedaView(TraduceMixin, TemplateView):
    """`/area/traduzioni/<lingua>/<tipo>/<pk>/`: the Italian on the left, the translation on the right."""

    template_name = "traduzioni/scheda.html"

    @cached_property
    def oggetto(self):
        """The term, service or place of the address."""
        righe = coda_traduzioni.da_tradurre(self.kwargs["tipo"], self.request.user)
        if righe is None:
            raise Http404
        return get_object_or_404(righe, pk=self.kwargs["pk"])

    def moduli(self, data=None):
        """One form a text, as the texts stand now; with what the request sent of each."""
        self.scheda = coda_traduzioni.scheda(self.oggetto, self.lingua)
        data = data or {}
        mandati = [data if f"{voce.chiave}-testo" in data else None for voce in self.scheda.voci]
        come = {"lingua": self.lingua, "da_destra": self.da_destra}
        return [VoceForm(v, data=d, **come) for v, d in zip(self.scheda.voci, mandati, strict=True)]

    def get_context_data(self, **kwargs):
        """The texts, and where to go on."""
        moduli = kwargs.pop("moduli", None) or self.moduli()
        return super().get_context_data(
            moduli=moduli, scheda=self.scheda, oggetto=self.oggetto, prossima=self.prossima(), **kwargs
        )

    def post(self, request, *args, **kwargs):
        """Save all the texts or none."""
        verifica, moduli = "verifica" in request.POST, self.moduli(request.POST)
        mandati = [modulo for modulo in moduli if modulo.is_bound]
        for modulo in mandati:
            if modulo.is_valid():
                modulo.controlla(verifica=verifica)
        if any(modulo.errors for modulo in mandati):
            return self.render_to_response(self.get_context_data(moduli=moduli))
        cambiati, contesi = self.salva(mandati, verifica=verifica)
        if cambiati or contesi:
            return self.riapri(cambiati, contesi)
        messages.success(request, f"Salvato: {self.scheda.nome}.")
        return redirect(request.get_full_path() if "resta" in request.POST else self.prossima())

    def salva(self, moduli, *, verifica):
        """Write what there is to write; gives the keys of the texts whose Italian, or whose translation, others changed."""
        cambiati, contesi = set(), set()
        with transaction.atomic():
            for modulo in moduli:
                try:
                    self.salva_uno(modulo, verifica=verifica)
                except ItalianoCambiato:
                    cambiati.add(modulo.prefix)
                except VersioneSuperata:
                    contesi.add(modulo.prefix)
            if cambiati or contesi:
                transaction.set_rollback(True)
        return cambiati, contesi

    def salva_uno(self, modulo, *, verifica):
        """Write one text, or take it away."""
        voce, dati, autore = modulo.voce, modulo.cleaned_data, self.request.user
        if dati.get("togli"):
            togli_traduzione(voce.traduzione, autore=autore, sopra=dati["timbro"])
        elif modulo.da_salvare(verifica=verifica):
            salva_traduzione(
                voce.riga,
                voce.campo,
                self.lingua,
                dati["testo"],
                autore=autore,
                verificata=verifica,
                vista=dati["italiano"],
                sopra=dati["timbro"],
            )

    def riapri(self, cambiati, contesi):
        """The page again with what was typed beside what others wrote meanwhile (409)."""
        dati = self.request.POST.copy()
        for modulo in self.moduli(dati):
            if modulo.prefix in cambiati | contesi:
                for nome, valore in modulo.sopra_adesso().items():
                    dati[nome] = valore
        moduli = self.moduli(dati)
        for modulo in moduli:
            modulo.italiano_cambiato = modulo.prefix in cambiati
            modulo.contesa = modulo.prefix in contesi
        return self.render_to_response(self.get_context_data(moduli=moduli, conflitto=True), status=409)

    def prossima(self):
        """The address that leads to the next card with something to do, in the queue as filtered."""
        domanda = self.request.GET.copy()
        domanda["dopo"] = str(self.oggetto.pk)
        return f"{reverse('traduzioni:prossima', args=[self.lingua])}?{domanda.urlencode()}"


class ProssimaView(TraduceMixin, View):
    """`/area/traduzioni/<lingua>/prossima/`: to the next card with something to do after `dopo`, round the queue."""

    def get(self, request, **kwargs):
        """A redirect; to the queue when nothing else is left."""
        tutte, domanda = coda_traduzioni.coda(self.lingua), request.GET.copy()
        dopo = domanda.pop("dopo", [""])[-1]
        posto = next((n for n, una in enumerate(tutte) if str(una.oggetto.pk) == dopo), -1)
        in_giro = [*tutte[posto + 1 :], *tutte[: max(posto, 0)]]
        resto = [una for una in CodaForm(domanda).filtra(in_giro) if una.da_fare]
        filtri = f"?{domanda.urlencode()}" if domanda else ""
        if resto:
            return redirect(
                reverse("traduzioni:scheda", args=[self.lingua, resto[0].tipo, resto[0].oggetto.pk]) + filtri
            )
        messages.info(request, "Non c'è altro da fare in questa parte della coda.")
        return redirect(reverse("traduzioni:coda", args=[self.lingua]) + filtri)
