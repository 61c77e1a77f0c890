"""The page where an ente scores a need, and the ranking as a table to take away."""

import tablib
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views import View
from django.views.generic import FormView

from incontri.forms.voti import VotoForm
from incontri.models import Bisogno
from incontri.servizi.rilevazioni import lettura
from incontri.servizi.rilevazioni.specchio import specchi
from incontri.servizi.rilevazioni.voti import (
    VotoNonPossibile,
    avanzamento,
    bisogni_in_fila,
    comuni_di,
    punto_di_partenza,
    salva_voto,
    votati,
    voto_di,
)
from incontri.views.contese import ConfrontoMixin
from incontri.views.rilevazioni import DiRilevazioneMixin
from tavolo.base.concorrenza import VersioneSuperata, timbro
from tavolo.base.formati import CSV

COLONNE = ("parte", "posto", "bisogno", *lettura.NUMERI, "votanti", "accordo", "provvisorio", "fragile")


class VotoView(DiRilevazioneMixin, ConfrontoMixin, FormView):
    """One need of the round for the own ente: what it is about, the numbers, why; then the next one."""

    permesso = "incontri.vota"
    form_class = VotoForm
    template_name = "incontri/voto_form.html"

    @cached_property
    def bisogni(self):
        """The needs of the round in order."""
        return bisogni_in_fila(self.rilevazione)

    @cached_property
    def bisogno(self):
        """The need of the address, if it is in the round."""
        trovato = next((bisogno for bisogno in self.bisogni if bisogno.pk == self.kwargs["bisogno"]), None)
        if trovato is None:
            raise Http404("Questo bisogno non è nella rilevazione.")
        return trovato

    @cached_property
    def ente(self):
        """The ente the person votes for; 403 for who passes every door but speaks for none of them."""
        ente = self.request.user.ente
        if ente is None or not self.rilevazione.enti.filter(pk=ente.pk).exists():
            raise PermissionDenied
        return ente

    def get(self, request, *args, **kwargs):
        """The page, while the turn is open."""
        if not self.rilevazione.si_vota:
            messages.info(request, "Adesso non si vota: il turno è chiuso. Quello che avete già salvato resta.")
            return redirect(self.rilevazione)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        """The comuni the ente scores, its vote so far and the version of it."""
        dato = voto_di(self.rilevazione, self.bisogno, self.ente)
        partenza = dato or punto_di_partenza(self.rilevazione, self.bisogno, self.ente)
        altro = {"comuni": comuni_di(self.ente), "partenza": partenza, "versione": timbro(dato) if dato else ""}
        return super().get_form_kwargs() | altro

    def get_form(self, form_class=None):
        """The form, with the way back."""
        form = super().get_form(form_class)
        form.annulla = self.rilevazione.get_absolute_url()
        return form

    def get_context_data(self, **kwargs):
        """The need, where it stands among the others, what the first turn said of it."""
        return super().get_context_data(
            bisogno=Bisogno.objects.prefetch_related("comuni", "destinatari", "evidenze").get(pk=self.bisogno.pk),
            ente=self.ente,
            numero=self.bisogni.index(self.bisogno) + 1,
            quanti=len(self.bisogni),
            avanzamento=avanzamento(self.rilevazione, self.ente),
            specchio=specchi(self.rilevazione, [self.bisogno]).get(self.bisogno.pk),
            **kwargs,
        )

    def form_valid(self, form):
        """Save and go to the next need without a vote; a colleague's vote saved meanwhile comes back beside this one."""
        utente, dati = self.request.user, form.dati()
        versione = form.cleaned_data["versione"]
        try:
            salva_voto(self.rilevazione, self.bisogno, self.ente, dati, autore=utente, versione=versione)
        except VersioneSuperata as superata:
            return self.a_confronto(form, superata)
        except VotoNonPossibile as impossibile:
            form.add_error(None, str(impossibile))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        return self._avanti()

    def _avanti(self):
        """To the first need that follows without a vote, else from the beginning; to the round after the last."""
        dati = votati(self.rilevazione, self.ente)
        qui = self.bisogni.index(self.bisogno)
        dopo = next((b for b in self.bisogni[qui + 1 :] + self.bisogni[:qui] if b.pk not in dati), None)
        if dopo is None:
            messages.success(
                self.request, "Grazie: avete valutato tutti i bisogni. Potete cambiare finché il turno è aperto."
            )
            return redirect(self.rilevazione)
        messages.success(self.request, f"Salvato: {self.bisogno}.")
        return redirect("rilevazioni:voto-update", pk=self.rilevazione.pk, bisogno=dopo.pk)


class GraduatoriaCsvView(DiRilevazioneMixin, View):
    """The ranking of a closed round as CSV."""

    def get(self, request, *args, **kwargs):
        """One line for each need; 404 while there is no ranking."""
        if not self.rilevazione.risultati:
            raise Http404("La graduatoria non c'è ancora.")
        return graduatoria_csv(self.rilevazione, lettura.righe(self.rilevazione, ()))


def graduatoria_csv(rilevazione, righe):
    """The ranking as a CSV file: the numbers as they are shown, what is not known empty, a column for each comune."""
    comuni = [comune for comune, valore in righe[0].per_comune] if righe else []
    tabella = tablib.Dataset(headers=[*COLONNE, *(f"gravita_{comune.slug}" for comune in comuni)])
    for riga in righe:
        dati = riga.dati
        tabella.append(
            [
                dati["parte"],
                dati["posto"],
                riga.nome,
                *riga.numeri.values(),
                dati["votanti"],
                dati["accordo"],
                "sì" if dati["provvisorio"] else "no",
                "sì" if dati["fragile"] else "no",
                *(valore for comune, valore in riga.per_comune),
            ]
        )
    formato = CSV()
    intestazioni = {"Content-Disposition": f'attachment; filename="{rilevazione.slug}.csv"'}
    return HttpResponse(formato.export_data(tabella), content_type=formato.get_content_type(), headers=intestazioni)
