"""Minutes, convocation and attendance sheet as files, with the doors of the page each belongs to."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views import View

from incontri.servizi.fogli import dati_convocazione, dati_foglio_presenze, dati_verbale, rettifiche
from incontri.stampa import carta, convocazione, foglio_presenze, verbale
from incontri.views.accesso import DiIncontroMixin
from incontri.views.verbali import DiVerbaleMixin
from tavolo.base.documenti import DocumentoNonRiuscito

# What each file is; a page opens in the browser, word processors want a file.
TIPI = {
    "pdf": ("application/pdf", "inline"),
    "html": ("text/html; charset=utf-8", "inline"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "attachment"),
    "odt": ("application/vnd.oasis.opendocument.text", "attachment"),
}


def consegna(scritto: Any, formato: str, nome: str) -> HttpResponse:
    """The document as an answer: its type, its name (without the ending), what the browser may do with it."""
    tipo, modo = TIPI[formato]
    intestazioni = {"Content-Disposition": f'{modo}; filename="{nome}.{formato}"'}
    if formato == "html":
        intestazioni["Content-Security-Policy"] = carta.sicurezza(scritto)
    return HttpResponse(scritto, content_type=tipo, headers=intestazioni)


class DocumentoView(View):
    """A document as a file, in the format of the address; 404 in one there is not."""

    formati = ("pdf", "docx", "odt")

    def get(self, request, pk, formato):
        """The file; back to its page, with a word of explanation, if it cannot be made."""
        if formato not in self.formati:
            raise Http404("In questo formato il documento non c'è.")
        incontro, pagina = self.di_chi()
        try:
            scritto = self.scrivi(formato)
        except DocumentoNonRiuscito:
            messages.error(
                request,
                "Non siamo riusciti a preparare questo documento. Prova un altro formato, e avvisa chi coordina.",
            )
            return redirect(pagina)
        giorno = f"-{incontro.giorno:%Y-%m-%d}" if incontro.giorno else ""
        return consegna(scritto, formato, f"{self.nome()}{giorno}")


class VerbaleDocumentoView(DiVerbaleMixin, DocumentoView):
    """The minutes: what was frozen at their approval as it is, or what is written now.

    With approved corrections the document is made again, so that they follow the text; the original stays as it was.
    """

    formati = ("pdf", "html", "docx", "odt")
    get = DocumentoView.get

    def di_chi(self):
        """The meeting, and the page to go back to."""
        return self.verbale.incontro, self.verbale

    def nome(self) -> str:
        """The minutes, and how far they are while they may change."""
        return "verbale" if self.verbale.fermo else f"verbale-{self.verbale.stato}"

    def scrivi(self, formato: str) -> Any:
        """The bytes, or the text of the page."""
        correzioni = rettifiche(self.verbale)
        if self.verbale.fermo and not correzioni and formato in ("pdf", "html"):
            originale = self.verbale.originale
            return bytes(originale.pdf) if formato == "pdf" else originale.html
        return getattr(verbale, formato)(dati_verbale(self.verbale), correzioni)


class ConvocazioneView(DiIncontroMixin, DocumentoView):
    """The letter that convenes the meeting."""

    get = DocumentoView.get

    def di_chi(self):
        """The meeting, which is the page to go back to."""
        return self.incontro, self.incontro

    def nome(self) -> str:
        """What it is."""
        return "convocazione"

    def scrivi(self, formato: str) -> Any:
        """The letter, with the address of the meeting's page."""
        pagina = self.request.build_absolute_uri(self.incontro.get_absolute_url())
        return getattr(convocazione, formato)(dati_convocazione(self.incontro, pagina=pagina))


class FoglioPresenzeView(DiIncontroMixin, DocumentoView):
    """The sheet to sign."""

    get = DocumentoView.get

    def di_chi(self):
        """The meeting, which is the page to go back to."""
        return self.incontro, self.incontro

    def nome(self) -> str:
        """What it is."""
        return "foglio-presenze"

    def scrivi(self, formato: str) -> Any:
        """The sheet, with those called or marked so far."""
        return getattr(foglio_presenze, formato)(dati_foglio_presenze(self.incontro))
