"""Scoring rounds in the reserved area: the list, one, preparing it."""

from copy import copy

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import CreateView, DetailView, ListView, UpdateView

from incontri.forms.rilevazioni import RilevazioneForm
from incontri.models import Bisogno, Rilevazione, StatoRilevazione
from incontri.models.rilevazione import APERTE_AL_VOTO
from incontri.servizi.rilevazioni import lettura
from incontri.servizi.rilevazioni.decisioni import da_mettere_in_priorita
from incontri.servizi.rilevazioni.promemoria import senza_voce
from incontri.servizi.rilevazioni.specchio import perche, specchi
from incontri.servizi.rilevazioni.turni import CHE_APRONO
from incontri.servizi.rilevazioni.voti import avanzamento, bisogni_in_fila, chi_ha_votato, valutati, votati
from incontri.views.contese import ScritturaMixin
from tavolo.base.paginazione import PaginaTollerante
from tavolo.base.riservata import RiservataMixin
from tavolo.base.stati import PassaggioNonPossibile

TENGONO = "Tengono per ora il voto del primo turno"


class RilevazioneListView(RiservataMixin, PaginaTollerante, ListView):
    """All rounds, the newest first, with how far the own ente is in those that are open."""

    permission_required = ("tavolo.entra_area", "incontri.leggi_rilevazioni")
    paginate_by = 30
    template_name = "incontri/rilevazione_list.html"

    def get_queryset(self):
        """The rounds this person may open."""
        return Rilevazione.objects.visibili_a(self.request.user).prefetch_related("enti")

    def get_context_data(self, **kwargs):
        """The rounds, each with what waits for the own ente."""
        contesto = super().get_context_data(**kwargs)
        utente = self.request.user
        righe = [
            (rilevazione, avanzamento(rilevazione, utente.ente) if _vota(utente, rilevazione) else None)
            for rilevazione in contesto["object_list"]
        ]
        return contesto | {"righe": righe, "puo_creare": utente.has_perm("incontri.add_rilevazione")}


def _vota(utente, rilevazione):
    return rilevazione.si_vota and utente.has_perm("incontri.vota", rilevazione)


class DiRilevazioneMixin(RiservataMixin):
    """A page about one round: 404 if the person may not read it, 403 without `permesso` on it."""

    permesso = "incontri.view_rilevazione"

    @cached_property
    def rilevazione(self):
        """The round of the address."""
        righe = Rilevazione.objects.visibili_a(self.request.user)
        rilevazione = get_object_or_404(
            righe.select_related("decisione__punto__incontro__verbale"), pk=self.kwargs["pk"]
        )
        if not self.request.user.has_perm(self.permesso, rilevazione):
            raise PermissionDenied
        return rilevazione

    def get_object(self):
        """The round: a copy, for forms write on it what is typed."""
        return copy(self.rilevazione)

    def get_context_data(self, **kwargs):
        """The round, for every template."""
        return super().get_context_data(rilevazione=self.rilevazione, **kwargs)


class RilevazioneDetailView(DiRilevazioneMixin, DetailView):
    """One round: to vote, to see who has, to read what came of it, as far as it is."""

    template_name = "incontri/rilevazione_detail.html"

    def get_context_data(self, **kwargs):
        """What there is to do and to read in the state the round is in."""
        rilevazione, utente = self.rilevazione, self.request.user
        bisogni = bisogni_in_fila(rilevazione)
        governa = utente.has_perm("incontri.change_rilevazione", rilevazione)
        kwargs |= {"bisogni": bisogni, "governa": governa, "azioni": self._azioni(rilevazione, utente)}
        if _vota(utente, rilevazione):
            dati, adesso = valutati(rilevazione, utente.ente), votati(rilevazione, utente.ente)
            senza_voto = next((bisogno for bisogno in bisogni if bisogno.pk not in dati), None)
            da_rivedere = next((bisogno for bisogno in bisogni if bisogno.pk not in adesso), None)
            kwargs |= {
                "avanzamento": avanzamento(rilevazione, utente.ente),
                "da_votare": [(bisogno, bisogno.pk in dati, bisogno.pk in adesso) for bisogno in bisogni],
                "prossimo": senza_voto or da_rivedere,
            }
        if governa and rilevazione.stato in (*APERTE_AL_VOTO, StatoRilevazione.FRA_I_TURNI):
            enti = chi_ha_votato(rilevazione)
            kwargs["enti"] = _in_gruppi(enti, rilevazione.turno)
            kwargs["senza_voce"] = senza_voce(ente for ente, _ in enti)
            kwargs["si_sollecita"] = rilevazione.si_vota and not all(conto.finito for ente, conto in enti)
        if rilevazione.stato == StatoRilevazione.BOZZA:
            kwargs["chiamati"] = list(rilevazione.enti.select_related("comune"))
            kwargs["senza_voce"] = senza_voce(kwargs["chiamati"])
        if rilevazione.stato in (StatoRilevazione.FRA_I_TURNI, StatoRilevazione.SECONDO_TURNO):
            visti = specchi(rilevazione, bisogni)
            kwargs["primo_turno"] = [(bisogno, visti[bisogno.pk]) for bisogno in bisogni]
        if rilevazione.risultati:
            leggibili = Bisogno.objects.visibili_a(utente).filter(rilevazioni=rilevazione)
            kwargs["perche"] = perche(rilevazione, bisogni)
            kwargs["graduatoria"] = lettura.righe(rilevazione, leggibili)
        if rilevazione.decisione is not None:
            verbale = getattr(rilevazione.decisione.punto.incontro, "verbale", None)
            kwargs["si_legge_la_decisione"] = verbale is not None and utente.has_perm("incontri.view_verbale", verbale)
            kwargs["si_da_priorita"] = rilevazione.approvata and da_mettere_in_priorita(rilevazione).exists()
        return super().get_context_data(**kwargs)

    def _azioni(self, rilevazione, utente):
        """The passages of this state, each with the page that asks for it and what stands against it."""
        azioni = []
        for passaggio in rilevazione.PASSAGGI:
            if rilevazione.stato in passaggio.da and utente.has_perm(passaggio.permesso, rilevazione):
                apre = passaggio.nome in CHE_APRONO
                pagina = "rilevazioni:turno" if apre else "rilevazioni:passaggio"
                indirizzo = reverse(pagina, args=[rilevazione.pk, passaggio.nome])
                contro = rilevazione.impedimento(passaggio) if not apre else _manca(rilevazione)
                azioni.append((passaggio, indirizzo, contro))
        return azioni


def _in_gruppi(enti, turno):
    """The enti by how far they are, with a title each; none that is empty."""
    gruppi: dict[str, list] = {}
    for titolo in ("Hanno rivisto il voto", "Hanno finito", TENGONO, "Hanno cominciato", "Non hanno ancora votato"):
        gruppi[titolo] = [(ente, conto) for ente, conto in enti if _gruppo(conto, turno) == titolo]
    return [(titolo, gruppo) for titolo, gruppo in gruppi.items() if gruppo]


def _gruppo(conto, turno):
    if conto.rivisti:
        return "Hanno rivisto il voto"
    if conto.finito:
        return TENGONO if turno == 2 else "Hanno finito"
    return "Hanno cominciato" if conto.dati else "Non hanno ancora votato"


def _manca(rilevazione):
    """What is missing before a turn opens, but for its day: that is asked on the way."""
    if not rilevazione.in_ordine.exists() or rilevazione.enti.count() < 2:
        return "Prima scegli i bisogni da valutare e almeno due enti che votano."
    return ""


class RilevazioneFormMixin(ScritturaMixin):
    """The form of a round: signed by who sends it, given back beside the other text where two met."""

    template_name = "incontri/rilevazione_form.html"
    form_class = RilevazioneForm
    impossibili = PassaggioNonPossibile


class RilevazioneCreateView(RiservataMixin, RilevazioneFormMixin, CreateView):
    """A new round."""

    permission_required = "incontri.add_rilevazione"
    model = Rilevazione
    extra_context = {"titolo": "Nuova rilevazione"}

    def annulla(self):
        """The list."""
        return reverse("rilevazioni:rilevazione-list")


class RilevazioneUpdateView(DiRilevazioneMixin, RilevazioneFormMixin, UpdateView):
    """What is asked, of whom, about which needs; once it is open only its words."""

    permesso = "incontri.change_rilevazione"
    extra_context = {"titolo": "Modifica la rilevazione"}

    def annulla(self):
        """The page of the round."""
        return self.rilevazione.get_absolute_url()
