"""Writing the minutes, one point at a time."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from incontri.forms.fusioni import riprendi_confronti, unite
from incontri.forms.voci import voci_formset
from incontri.models import SalvataggioAutomatico, Voce
from incontri.servizi.modifiche import NonModificabile
from incontri.servizi.salvataggi import butta
from incontri.servizi.verbali import VoceLegata, salva_voci
from incontri.views import salvataggi
from incontri.views.ciclo import accolte_da_scrivere
from incontri.views.impegni_aperti import impegni_della_pagina
from incontri.views.lettura import in_esame
from incontri.views.verbali import DiVerbaleMixin
from tavolo.base import riservata, riservatezza
from tavolo.base.concorrenza import VersioneSuperata
from tavolo.base.testo import html


class VociView(DiVerbaleMixin, TemplateView):
    """The agenda as a column, one point open, its entries as rows."""

    permesso = "incontri.change_verbale"
    modifica = True
    template_name = "incontri/voce_form.html"

    @cached_property
    def punti(self):
        """The points of the agenda, each with how many entries it has."""
        # The order of the model does not survive the grouping.
        return list(self.verbale.incontro.punti.annotate(quante_voci=Count("voci")).order_by("ordine", "creato"))

    @cached_property
    def punto(self):
        """The point of the address."""
        punti = self.verbale.incontro.punti.select_related("verbale_da_approvare__incontro")
        return get_object_or_404(punti, pk=self.kwargs["punto"])

    @property
    def dopo(self):
        """The point that follows; None after the last."""
        chiavi = [punto.pk for punto in self.punti]
        return dict(zip(chiavi, self.punti[1:], strict=False)).get(self.punto.pk)

    def get_context_data(self, **kwargs):
        """The entries as they are saved, unless the request sent others; who saved last, and when."""
        ripreso = self.ripreso
        if ripreso and "righe" not in kwargs:
            kwargs |= {"righe": voci_formset(ripreso.dati, punto=self.punto), "ripreso": ripreso}
        if "righe" not in kwargs:
            kwargs["righe"] = voci_formset(punto=self.punto, dopo=self.request.GET.get("dopo", ""))
        riprendi_confronti(kwargs["righe"])
        kwargs |= salvataggi.contesto(self.request, self.punto, self.pagina)
        # A page that comes back unsaved has its own text to look after: nothing older is offered beside it.
        if non_salvato := self.request.method == "POST":
            kwargs["da_riprendere"] = []
        kwargs |= {"punto": in_esame(self.verbale, [self.punto], self.request.user)[0], "punti": self.punti}
        osservazioni = list(self.verbale.osservazioni.filter(punto=self.punto.pk).select_related("ente"))
        storia = Voce.storia.filter(punto=self.punto.pk).select_related("history_user")
        return super().get_context_data(
            verbale=self.verbale,
            non_salvato=non_salvato,
            redattori=list(self.verbale.redattori.all()),
            numero=[p.pk for p in self.punti].index(self.punto.pk) + 1,
            dopo=self.dopo,
            accolte=accolte_da_scrivere(self.verbale, osservazioni),
            **impegni_della_pagina(self.verbale.incontro, [self.punto], self.request.user),
            ultimo_salvataggio=storia.order_by("-history_date").first(),
            **kwargs,
        )

    @cached_property
    def ripreso(self):
        """What this person typed, did not save and wants back; None where nothing is asked."""
        chiesto = self.request.GET.get("riprendi", "")
        propri = SalvataggioAutomatico.objects.filter(utente=self.request.user, punto=self.punto)
        return next((tenuto for tenuto in propri if str(tenuto.pk) == chiesto), None) if chiesto else None

    @cached_property
    def pagina(self):
        """Which page is being written: a draft that is taken up again goes on as itself."""
        return self.ripreso.pagina if self.ripreso else salvataggi.pagina_di(self.request)

    def post(self, request, *args, **kwargs):
        """Save all the entries of the point or none."""
        righe, stato = voci_formset(request.POST, punto=self.punto), 200
        if righe.is_valid():
            spostata, verso = self.spostata()
            try:
                salvate = salva_voci(self.punto, righe.righe(sposta=spostata, verso=verso), autore=request.user)
                butta(self.punto, pagina=self.pagina, utente=request.user)
                self.avverti(salvate.values())
                return self.avanti(salvate)
            except VersioneSuperata as superata:
                righe, stato = unite(righe, superata.salvate), 409
            except (NonModificabile, VoceLegata) as fermo:
                messages.error(request, str(fermo))
                stato = 409
        return self.render_to_response(self.get_context_data(righe=righe), status=stato)

    def spostata(self):
        """The row that goes up (-1) or down (1), where a button asked for it."""
        for nome, verso in (("su", -1), ("giu", 1)):
            if nome in self.request.POST:
                return self.request.POST[nome], verso
        return "", 0

    def avverti(self, voci):
        """Say what looks private in what everybody will read; it is saved all the same."""
        trovato = riservatezza.in_parole(voce.testo for voce in voci if voce.pubblica)
        if trovato:
            messages.warning(
                self.request,
                f"Salvato, ma guarda meglio le voci che leggeranno tutti in «{self.punto.titolo}»: {trovato}. "
                "Se riguarda una persona, toglilo.",
            )

    def avanti(self, salvate):
        """To the next point; to an empty row after an entry; by default to the same page, where the moved entry is."""
        qui = reverse("incontri:voce-update", args=[self.kwargs["pk"], self.punto.pk])
        if "inserisci" in self.request.POST:
            sopra = salvate.get(self.request.POST["inserisci"])
            return redirect(f"{qui}?dopo={sopra.pk}#nuova-voce" if sopra else f"{qui}#nuova-voce")
        if "avanti" not in self.request.POST:
            spostata = salvate.get(self.spostata()[0])
            return redirect(f"{qui}#voce-{spostata.pk}" if spostata else qui)
        messages.success(self.request, f"Salvato: {self.punto.titolo}.")
        if self.dopo is None:
            return redirect(self.verbale)
        return redirect("incontri:voce-update", pk=self.kwargs["pk"], punto=self.dopo.pk)


@riservata.verbo(lambda chiavi: reverse("incontri:incontro-list"))
def testo_anteprima(request):
    """How a text will look, as safe HTML without a page around it, for the toolbar over it."""
    return HttpResponse(html(request.POST.get("testo", "")))
