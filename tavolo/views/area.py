"""The dashboard of the reserved area: what waits for this person, and the next meeting. It looks into every app."""

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from incontri.models import DA_TENERE, Incontro, PuntoOdg
from incontri.views.attese_adesioni import richieste_di_adesione
from incontri.views.attese_bisogni import bisogni_da_analizzare
from incontri.views.attese_convocazioni import convocazioni_senza_risposta
from incontri.views.attese_impegni import impegni_da_mantenere
from incontri.views.attese_istanze import istanze_con_risposta, istanze_da_rispondere
from incontri.views.attese_prassi import prassi_da_seguire
from incontri.views.attese_restituzioni import restituzioni_da_seguire
from incontri.views.attese_rilevazioni import rilevazioni_da_chiudere, rilevazioni_da_votare
from incontri.views.attese_verbali import verbali_da_seguire
from incontri.views.passi import prossimo_passo
from incontri.views.salvataggi import testi_non_salvati
from risorse.models import Risorsa
from risorse.models.traduzione import lingue_di_traduzione
from risorse.servizi import coda_traduzioni
from risorse.servizi.coda_traduzioni import Stato
from risorse.views.attese import proposte_decise, ricognizioni_aperte
from tavolo.base.passi import DaFare, Passo, in_fila, in_giorno
from tavolo.base.riservata import RiservataMixin
from tavolo.servizi.attese import attese as attese_del_coordinamento


class AreaView(RiservataMixin, TemplateView):
    """What waits for me, by date, each with one action; then the next meeting; nothing else."""

    template_name = "area/area.html"

    def get_context_data(self, **kwargs):
        """The lines that wait, the next meeting and, for who coordinates, what waits in the back office."""
        utente = self.request.user
        return super().get_context_data(
            attese=attese_di(utente),
            prossimo=Incontro.objects.visibili_a(utente).futuri().prefetch_related("punti").first(),
            da_sbrigare=attese_del_coordinamento() if utente.has_perm("tavolo.amministra") else [],
            puo_creare=utente.has_perm("incontri.add_incontro"),
            **kwargs,
        )


def attese_di(utente) -> list[DaFare]:
    """What waits for this person, the oldest first, what has no date at the end."""
    fonti = (
        testi_non_salvati,
        richieste_di_adesione,
        verbali_da_seguire,
        _da_verbalizzare,
        _da_preparare,
        convocazioni_senza_risposta,
        impegni_da_mantenere,
        _schede_da_confermare,
        ricognizioni_aperte,
        proposte_decise,
        istanze_da_rispondere,
        istanze_con_risposta,
        bisogni_da_analizzare,
        prassi_da_seguire,
        restituzioni_da_seguire,
        rilevazioni_da_votare,
        rilevazioni_da_chiudere,
        _da_tradurre,
    )
    return in_fila(attesa for fonte in fonti for attesa in fonte(utente))


def _da_tradurre(utente):
    """For who mediates, each language with something to do, in one line; who coordinates has the back office's counts."""
    if not utente.has_perm("risorse.traduci") or utente.has_perm("tavolo.amministra"):
        return
    tutti = coda_traduzioni.oggetti()
    for codice, nome in lingue_di_traduzione():
        conteggi = coda_traduzioni.conta(coda_traduzioni.coda(codice, tutti))
        da_fare = {stato.label.lower(): conteggi[stato] for stato in Stato if stato != Stato.VERIFICATA}
        perche = ", ".join(f"{quanti} {che_cosa}" for che_cosa, quanti in da_fare.items() if quanti)
        if perche:
            dove = reverse("traduzioni:coda", args=[codice])
            yield DaFare(f"Traduzioni: {nome}", f"Testi: {perche}", Passo("Traduci", dove), dove)


def _schede_da_confermare(utente):
    """The cards of the own ente that are due, in one line: they are confirmed from their list."""
    if not utente.ente_id or not utente.has_perm("risorse.conferma_risorsa"):
        return
    dovute = Risorsa.objects.con_scadenza().dell_ente(utente.ente_id).da_confermare().order_by()
    conto = dovute.aggregate(quante=Count("pk"), prima=Min("verificare_entro"))
    if conto["quante"]:
        titolo = "Un servizio da confermare" if conto["quante"] == 1 else f"{conto['quante']} servizi da confermare"
        dove = f"{reverse('cura:risorsa-list')}?da_confermare=1"
        uno, prima = conto["quante"] == 1, conto["prima"]
        perche = f"Il pubblico si fida se {'lo' if uno else 'li'} confermate in tempo"
        yield DaFare(titolo, perche, Passo("Conferma", dove), dove, prima, _scadenza(prima, uno=uno))


def _scadenza(giorno, *, uno):
    """`scaduto il 15 novembre 2026`, `il primo scade il 3 gennaio 2027`."""
    scaduto = giorno < timezone.localdate()
    verbo = ("scaduto" if uno else "il primo è scaduto") if scaduto else ("scade" if uno else "il primo scade")
    return f"{verbo} il {in_giorno(giorno)}"


def _dell_incontro(incontro, perche, passo):
    return DaFare(incontro, perche, passo, incontro.get_absolute_url(), incontro.inizio)


def _con_conteggi(incontri):
    return incontri.annotate(
        quanti_punti=Count("punti", distinct=True), quante_presenze=Count("presenze", distinct=True)
    )


def _da_verbalizzare(utente):
    """Meetings held without minutes, for who may start them."""
    if not utente.has_perm("incontri.add_verbale"):
        return
    for incontro in _con_conteggi(Incontro.objects.visibili_a(utente).da_verbalizzare()):
        passo = prossimo_passo(incontro, utente, punti=incontro.quanti_punti, presenze=incontro.quante_presenze)
        if passo:
            yield _dell_incontro(incontro, "Si è tenuto e non ha ancora il verbale", passo)


def _da_preparare(utente):
    """Meetings this person is planning that lack a date or an agenda."""
    if not utente.has_perm("incontri.change_incontro"):
        return
    senza_punti = ~Exists(PuntoOdg.objects.filter(incontro=OuterRef("pk")))
    manca = Q(inizio__isnull=True) | Q(inizio__gte=timezone.now()) & senza_punti
    incontri = Incontro.objects.visibili_a(utente).filter(manca, stato__in=DA_TENERE, autore=utente.pk)
    for incontro in _con_conteggi(incontri):
        perche = "Non ha ancora una data" if incontro.inizio is None else "Non ha ancora l'ordine del giorno"
        passo = prossimo_passo(incontro, utente, punti=incontro.quanti_punti)
        if passo:
            yield _dell_incontro(incontro, perche, passo)
