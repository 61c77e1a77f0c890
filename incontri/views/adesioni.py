"""`/area/adesioni/`: the requests to join, and what who coordinates does with each."""

from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, F, Prefetch, Value, When
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import DetailView, ListView

from incontri.models import DiscussioneAdesione
from incontri.servizi.adesioni.decisioni import impedimento
from incontri.servizi.adesioni.doppioni import possibili_doppioni
from incontri.views.ciclo import DOPO, FATTA, ORA, Tappa
from referenti.models import ATTENDONO, RichiestaAdesione, StatoAdesione
from tavolo.base.indirizzi import portale
from tavolo.base.paginazione import PaginaTollerante
from tavolo.base.riservata import RiservataMixin

DECIDE = "referenti.decidi_richiestaadesione"


class RichiestaListView(RiservataMixin, PaginaTollerante, ListView):
    """The confirmed requests: those that wait first, the oldest before the others; then those that are over."""

    permission_required = DECIDE
    template_name = "incontri/adesione_list.html"
    paginate_by = 20

    def get_queryset(self):
        """The requests of the chosen state, each with its meetings."""
        tutte = RichiestaAdesione.objects.visibili_a(self.request.user).confermate()
        self.conteggi = dict(tutte.order_by().values_list("stato").annotate(quante=Count("pk")))
        self.scelto = self.request.GET.get("stato", "")
        righe = tutte.filter(stato=self.scelto) if self.scelto in StatoAdesione else tutte
        gruppo = Case(When(stato__in=ATTENDONO, then=Value(0)), default=Value(1))
        vecchia = Case(When(stato__in=ATTENDONO, then=F("confermata_il")))
        discussioni = DiscussioneAdesione.objects.select_related("punto__incontro").order_by("-creato")
        righe = righe.annotate(gruppo=gruppo).order_by("gruppo", vecchia, "-chiusa_il", "uuid")
        return righe.select_related("ente").prefetch_related(Prefetch("discussioni", discussioni))

    def get_context_data(self, **kwargs):
        """The list, and how many there are in each state."""
        stati = [(s.value, s.label, self.conteggi.get(s, 0)) for s in StatoAdesione if s != StatoAdesione.RICEVUTA]
        return super().get_context_data(
            stati=[("", "Tutte", sum(self.conteggi.values())), *stati], scelto=self.scelto, **kwargs
        )


class DiRichiestaMixin(RiservataMixin):
    """A page about one request: 404 if the person may not read it, 403 if it is not theirs to decide."""

    permission_required = "tavolo.entra_area"

    @cached_property
    def richiesta(self):
        """The request of the address; who does not coordinate is refused whether it is there or not."""
        if not self.request.user.has_perm(DECIDE):
            raise PermissionDenied
        righe = RichiestaAdesione.objects.visibili_a(self.request.user).confermate().select_related("ente")
        return get_object_or_404(righe, pk=self.kwargs["pk"])

    @property
    def base(self):
        """Where the mails of what is done here lead to."""
        return portale(self.request)

    def get_context_data(self, **kwargs):
        """The request, for every template."""
        return super().get_context_data(richiesta=self.richiesta, **kwargs)


class RichiestaDetailView(DiRichiestaMixin, DetailView):
    """One request: who asks, what for, how far it is, what can be done now and what cannot, with the reason."""

    template_name = "incontri/adesione_detail.html"

    def get_object(self):
        """The request of the address."""
        return self.richiesta

    def get_context_data(self, **kwargs):
        """Its meetings, its decision, its mails."""
        richiesta = self.object
        discussioni = richiesta.discussioni.select_related("punto__incontro__verbale", "decisione__punto")
        in_piedi = richiesta.aspetta
        manca = impedimento(richiesta) if in_piedi else ""
        return super().get_context_data(
            discussioni=list(discussioni),
            tappe=_tappe(richiesta),
            manca=manca,
            si_decide=in_piedi and not manca,
            in_programma=any(d.punto.incontro.da_tenere and not d.punto.incontro.tenuto for d in discussioni),
            doppioni=possibili_doppioni(richiesta) if in_piedi else [],
            comuni=list(richiesta.comuni.all()),
            non_partite=list(richiesta.avvisi.filter(mandato_il__isnull=True).select_related("utente")),
            storia=_storia(richiesta),
            **kwargs,
        )


def _tappe(richiesta):
    """Arrived, in discussion, then how it ended (or "decided", while it has not): each with its day."""
    discussione = richiesta.discussioni.order_by("creato").first()
    posto = 2 if richiesta.chiusa else 1 if richiesta.stato == StatoAdesione.IN_DISCUSSIONE else 0
    nomi = ("Arrivata", "In discussione", richiesta.get_stato_display() if richiesta.chiusa else "Decisa")
    quando = (richiesta.confermata_il, discussione.creato if discussione else None, richiesta.chiusa_il)
    tappe = []
    for numero, (nome, giorno) in enumerate(zip(nomi, quando, strict=True)):
        if numero == 1 and richiesta.chiusa and discussione is None:
            continue  # withdrawn before any meeting
        tappe.append(Tappa(nome, FATTA if numero < posto else ORA if numero == posto else DOPO, giorno))
    return tappe


def _storia(richiesta):
    """When its state changed and by whom, the oldest first."""
    passaggi, prima = [], None
    for riga in richiesta.storia.select_related("history_user").order_by("history_date"):
        if riga.stato != prima:
            passaggi.append((riga.history_date, riga.history_user, riga.get_stato_display()))
            prima = riga.stato
    return passaggi
