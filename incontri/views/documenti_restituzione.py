"""Publishing a restitution document, its files, and the pages where everybody reads it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.views import View
from django.views.generic import DetailView, ListView, TemplateView

from incontri.documenti.restituzione import disegna
from incontri.models import Restituzione
from incontri.servizi.restituzioni.compilazione import cambiamenti
from incontri.servizi.restituzioni.vita import (
    NonAggiornata,
    corretta_dopo,
    dati_di,
    impedimento_alla_pubblicazione,
    pubblica_restituzione,
)
from incontri.stampa import restituzione as documento
from incontri.views.documenti import consegna
from incontri.views.restituzioni import DiRestituzioneMixin
from tavolo.base import riservatezza
from tavolo.base.documenti import DocumentoNonRiuscito
from tavolo.base.indirizzi import portale
from tavolo.base.paginazione import PaginaTollerante
from tavolo.base.stati import PassaggioNonPossibile

FORMATI = ("pdf", "html", "docx", "odt", "json")
CONSERVATI = {"pdf": "pdf", "html": "html", "json": "contenuto"}


def scrivi(restituzione, formato, *, request):
    """The document in a format: of a published one what was kept, to the byte, where that format was kept."""
    if restituzione.fermo and formato in CONSERVATI:
        valore = getattr(restituzione.originale, CONSERVATI[formato])
        return valore if isinstance(valore, str) else bytes(valore)
    dati = dati_di(restituzione, portale=portale(request), disegna=disegna)
    return getattr(documento, formato)(dati)


def risposta(restituzione, formato, *, request):
    """The file as an answer; 404 in a format there is not."""
    ammessi = FORMATI if restituzione.fermo else FORMATI[:-1]
    if formato not in ammessi:
        raise Http404("In questo formato il documento non c'è.")
    nome = f"{slugify(restituzione.titolo)[:60]}{f'-{restituzione.anno}-{restituzione.numero}' if restituzione.fermo else '-bozza'}"
    scritto = scrivi(restituzione, formato, request=request)
    if formato == "json":
        intestazioni = {"Content-Disposition": f'attachment; filename="{nome}.json"'}
        return HttpResponse(scritto, content_type="application/json", headers=intestazioni)
    return consegna(scritto, formato, nome)


class PubblicaView(DiRestituzioneMixin, TemplateView):
    """What publishing does and cannot undo, what looks private in the texts, and the button."""

    permesso = "incontri.pubblica_restituzione"
    template_name = "incontri/restituzione_pubblica.html"
    modifica = True

    def get(self, request, *args, **kwargs):
        """The question, unless it cannot be published."""
        if not self.restituzione.fermo and (impedimento := impedimento_alla_pubblicazione(self.restituzione)):
            messages.error(request, impedimento)
            return redirect(self.restituzione)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """What to look at twice."""
        sezioni = list(self.restituzione.sezioni.order_by("ordine"))
        sospetti = [(una, riservatezza.in_parole([una.testo])) for una in sezioni]
        return super().get_context_data(
            sezioni=sezioni,
            sospetti=[coppia for coppia in sospetti if coppia[1]],
            cambiamenti=cambiamenti(self.restituzione),
            puo_compilare=self.request.user.has_perm("incontri.change_restituzione", self.restituzione),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        """Publish; if the data have changed and nobody has confirmed, the page again with what has changed."""
        try:
            pubblica_restituzione(
                self.restituzione,
                portale=portale(request),
                disegna=disegna,
                autore=request.user,
                anche_non_aggiornata="non_aggiornata" in request.POST,
            )
        except NonAggiornata as cambiata:
            return self.render_to_response(self.get_context_data(errore=str(cambiata)), status=409)
        except PassaggioNonPossibile as impossibile:
            messages.error(request, str(impossibile))
            return redirect("restituzioni:restituzione-detail", pk=self.kwargs["pk"])
        messages.success(request, f"Pubblicato con il numero {self.restituzione.segno}: ora lo leggono tutti.")
        return redirect(self.restituzione)


class DocumentoView(DiRestituzioneMixin, View):
    """The document as a file, in the reserved area."""

    def get(self, request, pk, formato):
        """The file; back to its page, with a word of explanation, if it cannot be made."""
        try:
            return risposta(self.restituzione, formato, request=request)
        except DocumentoNonRiuscito:
            messages.error(
                request,
                "Non siamo riusciti a preparare questo documento. Prova un altro formato, e avvisa chi coordina.",
            )
            return redirect(self.restituzione)


class DocumentoPubblicoListView(PaginaTollerante, ListView):
    """`/tavolo/documenti/`: the published documents, the newest first."""

    template_name = "lavoro/documento_list.html"
    paginate_by = 50

    def get_queryset(self):
        """The published ones."""
        return Restituzione.objects.pubblicate()


class DocumentoPubblicoView(DetailView):
    """`/tavolo/documenti/<slug>/`: a published document, read from what was frozen; 404 until it is."""

    template_name = "lavoro/documento_detail.html"
    context_object_name = "restituzione"

    def get_queryset(self):
        """The published ones."""
        return Restituzione.objects.pubblicate().select_related("originale").defer("originale__html", "originale__pdf")

    def get_context_data(self, **kwargs):
        """What was frozen, and the corrections of its minutes since."""
        dati = dati_di(self.object, portale=portale(self.request), disegna=disegna)
        return super().get_context_data(dati=dati, rettifiche=corretta_dopo(self.object), **kwargs)


class DocumentoPubblicoFileView(View):
    """A published document as a file."""

    @cached_property
    def restituzione(self):
        """The document; 404 until it is published."""
        return get_object_or_404(Restituzione.objects.pubblicate(), slug=self.kwargs["slug"])

    def get(self, request, slug, formato):
        """The file."""
        return risposta(self.restituzione, formato, request=request)
