"""What waits for whoever coordinates: counts, each with the list behind it."""

from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.urls import reverse

from incontri.models import Impegno, Istanza, Osservazione, StatoOsservazione, StatoVerbale, Verbale
from referenti.models import Ente, Seggio
from risorse.models import (
    Contatto,
    ControlloLink,
    Freschezza,
    PropostaModifica,
    RicercaVuota,
    Risorsa,
    Sede,
    Segnalazione,
    StatoProposta,
    StatoRisorsa,
    StatoSegnalazione,
    Traduzione,
)


@dataclass(frozen=True)
class Attesa:
    """One thing that waits: in words, how many, where to look at them."""

    etichetta: str
    quante: int
    indirizzo: str


def attese() -> list[Attesa]:
    """Everything that waits, what is most urgent first; nothing when nothing does."""
    voci: tuple[tuple[str, QuerySet, str], ...] = (
        ("Segnalazioni da leggere", Segnalazione.objects.aperte(), f"stato__exact={StatoSegnalazione.APERTA}"),
        (
            "Servizi in revisione",
            Risorsa.objects.filter(stato=StatoRisorsa.IN_REVISIONE),
            f"stato__exact={StatoRisorsa.IN_REVISIONE}",
        ),
        ("Proposte da decidere", PropostaModifica.objects.aperte(), f"stato__exact={StatoProposta.APERTA}"),
        (
            "Osservazioni sui verbali da decidere",
            Osservazione.objects.aperte(),
            f"stato__exact={StatoOsservazione.APERTA}",
        ),
        ("Verbali da approvare", Verbale.objects.da_approvare(), f"stato__exact={StatoVerbale.CONDIVISO}"),
        (
            "Verbali approvati da pubblicare",
            Verbale.objects.filter(stato=StatoVerbale.APPROVATO),
            f"stato__exact={StatoVerbale.APPROVATO}",
        ),
        ("Schede scadute, ancora pubbliche", _schede(Freschezza.SCADUTA), f"freschezza={Freschezza.SCADUTA}"),
        ("Schede nascoste perché scadute", _schede(Freschezza.NASCOSTA), f"freschezza={Freschezza.NASCOSTA}"),
        ("Impegni in ritardo", Impegno.objects.in_ritardo(), "ritardo=si"),
        ("Traduzioni di un italiano che è cambiato", Traduzione.objects.superate(), "superata=si"),
        ("Contatti da verificare", Contatto.objects.filter(da_verificare=True), "da_verificare__exact=1"),
        ("Sedi da verificare", Sede.objects.filter(da_verificare=True), "da_verificare__exact=1"),
        ("Enti da verificare", Ente.objects.filter(da_verificare=True), "da_verificare__exact=1"),
        ("Link che non rispondono", ControlloLink.objects.rotti(), "rotto=si"),
        ("Ricerche senza risultati", RicercaVuota.objects.all(), "o=-2"),
        ("Seggi vacanti", Seggio.objects.vacanti(), "vacante=si"),
    )
    contate = (Attesa(testo, righe.count(), _elenco(righe.model, filtro)) for testo, righe, filtro in voci)
    istanze = Attesa(
        "Istanze in ritardo", Istanza.objects.in_ritardo().count(), f"{reverse('istanze:istanza-list')}?ritardo=on"
    )
    return [attesa for attesa in (istanze, *contate) if attesa.quante]


def _schede(freschezza: str) -> QuerySet:
    return Risorsa.objects.con_scadenza().di_freschezza(freschezza)


def _elenco(modello: type[Model], filtro: str) -> str:
    return f"{reverse(f'admin:{modello._meta.app_label}_{modello._meta.model_name}_changelist')}?{filtro}"
