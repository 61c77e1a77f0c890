"""The coverage matrix in the reserved area: page, cell, figure, SVG, CSV; the public pages are made from the same."""

from dataclasses import replace

import tablib
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from django.views.generic import TemplateView

from incontri.forms.filtri_copertura import FiltriCoperturaForm
from incontri.grafici.matrice import RigaMatrice
from incontri.grafici.matrice import matrice as disegna
from incontri.grafici.svg import autonomo
from incontri.models import Bisogno
from incontri.servizi.copertura import tabella
from incontri.servizi.copertura.celle import matrice, riga_di
from incontri.servizi.copertura.nomi import legenda
from incontri.servizi.copertura.parole import dette, perche, persone
from incontri.servizi.copertura.vicini import alternative, non_contate
from tavolo.base.formati import CSV
from tavolo.base.riservata import RiservataMixin

TITOLO = "Bisogni e comuni: chi risponde, dove manca"
PER_TEMA = ("tema__ordine", "tema__nome", "titolo", "uuid")


def con_filtri(richiesta, bisogni, form, *, pubblica):
    """The matrix of the needs that match the filters of the address, and the filters."""
    filtri = form(richiesta.GET, bisogni=bisogni)
    scelti = filtri.filtra(bisogni).select_related("tema").order_by(*PER_TEMA)
    intera = matrice(scelti, giorno=timezone.localdate(), solo_pubblicate=pubblica)
    return replace(intera, righe=filtri.tra_le_righe(intera.righe)), filtri


def disegno(intera, *, larga):
    """The drawing of the matrix, for the narrowest screen or for a page across."""
    righe = [
        RigaMatrice(riga.bisogno.titolo, {cella.comune.nome: cella.stato for cella in riga.celle})
        for riga in intera.righe
    ]
    titolo = f"{TITOLO} ({intera.giorno:%d/%m/%Y})"
    return disegna(titolo, [comune.nome for comune in intera.comuni], righe, larga=larga, nome="copertura")


class InArea(RiservataMixin):
    """A page about every need still to be answered."""

    permission_required = ("tavolo.entra_area", "incontri.view_copertura")
    form, pubblica = FiltriCoperturaForm, False

    def bisogni(self):
        """The needs the page is about."""
        return Bisogno.objects.visibili_a(self.request.user).vivi()


class ConMatrice:
    """A page made from the matrix the filters of the address choose."""

    @cached_property
    def _trovata(self):
        return con_filtri(self.request, self.bisogni(), self.form, pubblica=self.pubblica)

    @property
    def matrice(self):
        """The matrix, its lines those of the filters."""
        return self._trovata[0]

    def get_context_data(self, **kwargs):
        """The matrix, its key, the filters."""
        intera, filtri = self._trovata
        return super().get_context_data(
            matrice=intera,
            legenda=legenda(),
            filtri=filtri,
            filtrato=any(self.request.GET.get(nome) for nome in filtri.fields),
            pubblica=self.pubblica,
            **kwargs,
        )


class ConFigura(ConMatrice):
    """The page of the drawing, to print or to download."""

    def get_context_data(self, **kwargs):
        """The drawing, narrow and wide."""
        disegni = {nome: disegno(self.matrice, larga=nome == "larga") for nome in ("stretta", "larga")}
        return super().get_context_data(**disegni, **kwargs)


class FileSvg(ConMatrice, View):
    """The drawing as a file."""

    def get(self, request):
        """The file, as wide as a page."""
        nome = f"copertura-{self.matrice.giorno:%Y-%m-%d}.svg"
        intestazioni = {"Content-Disposition": f'attachment; filename="{nome}"'}
        return HttpResponse(
            autonomo(disegno(self.matrice, larga=True)), content_type="image/svg+xml", headers=intestazioni
        )


class FileCsv(ConMatrice, View):
    """The matrix as a table."""

    def get(self, request):
        """The file; a cell that looks like a formula goes out as text."""
        foglio = tablib.Dataset(*tabella.righe(self.matrice), headers=tabella.COLONNE)
        formato = CSV()
        intestazioni = {"Content-Disposition": f'attachment; filename="copertura-{self.matrice.giorno:%Y-%m-%d}.csv"'}
        return HttpResponse(formato.export_data(foglio), content_type=formato.get_content_type(), headers=intestazioni)


class ConCella:
    """The page of a cell: 404 for a need the reader does not read, or a comune that is not of the matrix."""

    chiave = "pk"

    @cached_property
    def riga(self):
        """The line of the need of the address."""
        righe = self.bisogni().select_related("tema")
        bisogno = get_object_or_404(righe, **{self.chiave: self.kwargs["bisogno"]})
        return riga_di(bisogno, solo_pubblicate=self.pubblica)

    def get_context_data(self, **kwargs):
        """The cell with why, the services, the declarations, what is not counted, the nearest alternatives."""
        try:
            cella = next(cella for cella in self.riga.celle if cella.comune.slug == self.kwargs["comune"])
        except StopIteration:
            raise Http404("Questo comune non è della matrice.") from None
        return super().get_context_data(
            cella=cella,
            riga=self.riga,
            perche=perche(cella),
            dichiarazioni=dette(cella.dichiarazioni),
            persone_in_bisogno=persone(cella.fabbisogno.in_bisogno),
            alternative=alternative(cella, self.riga.risposte),
            non_contate=non_contate(cella.bisogno, cella.comune),
            pubblica=self.pubblica,
            **kwargs,
        )


class CoperturaView(InArea, ConMatrice, TemplateView):
    """`/area/bisogni/copertura/`: every need still to be answered, in the eight comuni."""

    template_name = "incontri/copertura_matrice.html"

    def get_context_data(self, **kwargs):
        """The matrix, and whether this person may declare."""
        return super().get_context_data(puo_dichiarare=self.request.user.has_perm("incontri.add_copertura"), **kwargs)


class CoperturaFiguraView(InArea, ConFigura, TemplateView):
    """The drawing, to print."""

    template_name = "incontri/copertura_figura.html"


class CoperturaSvgView(InArea, FileSvg):
    """The drawing as a file."""


class CoperturaCsvView(InArea, FileCsv):
    """The table."""


class CoperturaCellaView(InArea, ConCella, TemplateView):
    """One need in one comune: what the verdict is made of, and what to do."""

    template_name = "incontri/copertura_cella.html"

    def bisogni(self):
        """Needs merged or over too: a link to them goes on telling how they stood."""
        return Bisogno.objects.visibili_a(self.request.user).veri()

    def get_context_data(self, **kwargs):
        """What this person may do: declare, and correct which of the declarations."""
        contesto, utente = super().get_context_data(**kwargs), self.request.user
        contesto["puo_dichiarare"] = contesto["cella"].bisogno.vivo and utente.has_perm("incontri.add_copertura")
        for riga in contesto["cella"].dichiarazioni:
            riga.si_cambia = utente.has_perm("incontri.change_copertura", riga)
        return contesto
