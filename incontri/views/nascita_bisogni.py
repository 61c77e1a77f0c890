"""A new need: by hand, from an entry of the minutes, a report, searches without results; or the same as one there is."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Max, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import CreateView, ListView

from incontri.models import Bisogno, OrigineBisogno, TipoOrigine
from incontri.servizi.bisogni.nascita import BisognoNonPossibile, Origine, aggiungi_origine
from incontri.views.bisogni import BisognoFormMixin
from incontri.views.da_voce import chiave_chiesta, prima_riga, voce_condivisa
from risorse.models import RicercaVuota, Segnalazione
from tavolo.base.paginazione import PaginaTollerante
from tavolo.base.riservata import RiservataMixin


class BisognoCreateView(RiservataMixin, BisognoFormMixin, CreateView):
    """A new need, by hand or from where it was heard: `?voce=`, `?segnalazione=`, `?ricerca=` (the words)."""

    permission_required = "incontri.add_bisogno"
    model = Bisogno
    extra_context = {"titolo": "Nuovo bisogno"}

    @cached_property
    def origine(self):
        """Where it was heard, as the address says it; 404 for what this person may not read."""
        chiesto = self.request.GET
        if chiesto.get("voce"):
            return Origine(voce=voce_condivisa(self.request.user, chiesto["voce"]))
        if chiesto.get("segnalazione"):
            righe = Segnalazione.objects.visibili_a(self.request.user).select_related("risorsa")
            return Origine(segnalazione=get_object_or_404(righe, pk=chiave_chiesta(chiesto["segnalazione"])))
        if chiesto.get("ricerca"):
            return self._ricerca(chiesto["ricerca"])
        return Origine()

    def _ricerca(self, parole):
        if not self.request.user.has_perm("risorse.view_ricercavuota"):
            raise Http404("Queste ricerche non ci sono.")
        quante = RicercaVuota.objects.filter(testo=parole).aggregate(quante=Sum("quante"))["quante"]
        if quante is None:
            raise Http404("Nessuno ha cercato queste parole senza trovare niente.")
        return Origine(parole=parole, quante=quante)

    def get_initial(self):
        """The words of where it was heard."""
        origine = self.origine
        if origine.voce:
            temi = list(origine.voce.punto.incontro.temi.all()[:2])
            tema = {"tema": temi[0].pk} if len(temi) == 1 else {}
            return {"titolo": prima_riga(origine.voce), "descrizione": origine.voce.testo} | tema
        if origine.segnalazione:
            risorsa = origine.segnalazione.risorsa
            return {
                "descrizione": origine.segnalazione.testo,
                "categorie": list(risorsa.categorie.all()),
                "destinatari": list(risorsa.destinatari.all()),
                "comuni": list(risorsa.comuni_serviti.filter(nell_ambito=True)),
            }
        return {"titolo": f"Chi cerca «{origine.parole}» non trova un servizio"} if origine.parole else {}

    def get_form_kwargs(self):
        """Where it was heard."""
        return super().get_form_kwargs() | {"origine": self.origine}

    def get_context_data(self, **kwargs):
        """Where it was heard, and the needs that were born there already."""
        return super().get_context_data(origine=self.origine, gia_nati=self._gia_nati(), **kwargs)

    def _gia_nati(self):
        origine = self.origine
        dove = {
            TipoOrigine.VERBALE: {"origini__voce": origine.voce},
            TipoOrigine.SEGNALAZIONE: {"origini__segnalazione": origine.segnalazione},
            TipoOrigine.RICERCHE: {"origini__parole": origine.parole},
        }
        return Bisogno.objects.veri().filter(**dove[origine.tipo]).distinct() if origine.tipo in dove else []

    def post(self, request, *args, **kwargs):
        """Save a new need or, for who has recognised it (`gia`), write in the one there is where it was heard again."""
        if not request.POST.get("gia"):
            return super().post(request, *args, **kwargs)
        self.object = None
        form = self.get_form()
        try:
            chiave = UUID(request.POST["gia"])
        except ValueError:
            raise Http404("Questo bisogno non c'è.") from None
        bisogno = get_object_or_404(Bisogno.objects.visibili_a(request.user), pk=chiave)
        detto = form.detto_altrove
        if not detto and self.origine.tipo == TipoOrigine.A_MANO:
            return self.form_invalid(form)
        try:
            aggiungi_origine(bisogno, origine=form.con_nota(detto), autore=request.user)
        except BisognoNonPossibile as impossibile:
            form.add_error(None, str(impossibile))
            return self.form_invalid(form)
        messages.success(
            request, "Scritto qui, fra i posti da dove viene: quello che hai scritto è in «Da dove viene»."
        )
        return redirect(f"{bisogno.get_absolute_url()}#origini")

    def annulla(self):
        """Where one came from."""
        if self.origine.voce:
            return reverse("incontri:verbale-detail", args=[self.origine.voce.punto.incontro_id])
        if self.origine.segnalazione:
            return reverse("cura:segnalazione-list")
        return reverse("bisogni:ricerca-list" if self.origine.parole else "bisogni:bisogno-list")


class RicercaListView(RiservataMixin, PaginaTollerante, ListView):
    """What people looked for and did not find, the most wanted first: perhaps a need."""

    permission_required = ("tavolo.entra_area", "risorse.view_ricercavuota")
    template_name = "incontri/ricerca_list.html"
    paginate_by = 50

    def get_queryset(self):
        """The words, each once, whatever the language and the comune."""
        righe = RicercaVuota.objects.order_by().values("testo").annotate(volte=Sum("quante"), ultima=Max("aggiornato"))
        return righe.order_by("-volte", "testo")

    def get_context_data(self, **kwargs):
        """Each with the languages and the comuni it was looked for in, and the needs it has become."""
        contesto = super().get_context_data(**kwargs)
        testi = [riga["testo"] for riga in contesto["object_list"]]
        dove = {testo: (set(), set()) for testo in testi}
        for testo, lingua, comune in RicercaVuota.objects.filter(testo__in=testi).values_list(
            "testo", "lingua", "comune"
        ):
            dove[testo][0].add(lingua)
            dove[testo][1].add(comune)
        origini = OrigineBisogno.objects.filter(tipo=TipoOrigine.RICERCHE, parole__in=testi).select_related("bisogno")
        nati = {origine.parole: origine.bisogno for origine in origini}
        righe = [
            riga
            | {
                "lingue": ", ".join(sorted(dove[riga["testo"]][0])),
                "comuni": ", ".join(sorted(filter(None, dove[riga["testo"]][1]))),
                "bisogno": nati.get(riga["testo"]),
            }
            for riga in contesto["object_list"]
        ]
        return contesto | {"righe": righe, "puo_creare": self.request.user.has_perm("incontri.add_bisogno")}
