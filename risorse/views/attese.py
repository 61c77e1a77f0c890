"""What waits, on the dashboard, for who keeps services true: surveys to answer, proposals somebody decided."""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from risorse.models import EnteInRicognizione, PropostaModifica, StatoRicognizione
from tavolo.base.passi import DaFare, Passo, in_giorno

# The outcome of a proposal is told for this long, then it is found in the list of services.
DA_SAPERE = timedelta(days=14)


def ricognizioni_aperte(utente):
    """The open surveys that the person's ente, or a unit of it, has not finished."""
    if not utente.ente_id or not utente.has_perm("risorse.rispondi_enteinricognizione"):
        return
    chiamati = EnteInRicognizione.objects.filter(
        Q(ente=utente.ente_id) | Q(ente__padre=utente.ente_id),
        ricognizione__stato=StatoRicognizione.APERTA,
        concluso_il__isnull=True,
    )
    for chiamato in chiamati.select_related("ricognizione", "ente").order_by("ricognizione__scadenza", "uuid"):
        ricognizione, dove = chiamato.ricognizione, chiamato.get_absolute_url()
        passo, scadenza = Passo("Rispondi", dove), ricognizione.scadenza
        detto = f"{'era da finire' if scadenza < timezone.localdate() else 'rispondi'} entro il {in_giorno(scadenza)}"
        pagina = ricognizione.get_absolute_url()
        yield DaFare(ricognizione, chiamato.ente.nome_corto, passo, pagina, scadenza, detto)


def proposte_decise(utente):
    """The person's proposals that somebody has decided of late."""
    decise = PropostaModifica.objects.filter(autore=utente.pk, decisa_il__gte=timezone.now() - DA_SAPERE)
    for proposta in decise.select_related("risorsa").order_by("decisa_il"):
        dove = reverse("cura:proposta-detail", args=[proposta.pk])
        perche = f"La tua proposta: {proposta.get_stato_display().lower()}"
        passo = Passo("Leggi la risposta" if proposta.motivazione else "Guarda l'esito", dove)
        yield DaFare(proposta.risorsa, perche, passo, dove, proposta.decisa_il)
