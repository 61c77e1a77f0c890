"""The rows of each stage of the chain and of each way of being stuck in it, for the person who asks."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from incontri.models import (
    Bisogno,
    EsitoProposta,
    Evidenza,
    Impegno,
    OrigineBisogno,
    PassoProposta,
    Proposta,
    StatoBisogno,
    StatoProposta,
    StatoVerbale,
    TipoVoce,
    Verbale,
    Voce,
)

DA_PORTARE = (TipoVoce.CRITICITA, TipoVoce.BISOGNO)
IN_PRIORITA = (StatoBisogno.PRIORITARIO, StatoBisogno.IN_RISPOSTA)
DIMENTICATO = timedelta(days=180)  # after so long without a word something is stuck, whatever its state
DA_FARE = (StatoProposta.APPROVATA, StatoProposta.IN_ATTUAZIONE)


def detto(utente: Any) -> QuerySet:
    """Criticities and needs told in minutes that are no draft any more, of those the person reads."""
    verbali = Verbale.objects.visibili_a(utente).exclude(stato=StatoVerbale.BOZZA)
    righe = Voce.objects.filter(tipo__in=DA_PORTARE, punto__incontro__in=verbali.values("incontro"))
    return righe.select_related("punto__incontro").order_by("punto__incontro__inizio", "creato", "pk")


def mai_portate(utente: Any) -> QuerySet:
    """Those of them no need was born from."""
    return detto(utente).exclude(Exists(OrigineBisogno.objects.filter(voce=OuterRef("pk"))))


def bisogni(utente: Any) -> QuerySet:
    """The open needs, the oldest first."""
    return Bisogno.objects.visibili_a(utente).vivi().order_by("creato", "pk")


def senza_evidenze(utente: Any) -> QuerySet:
    """Those without any evidence."""
    return bisogni(utente).exclude(Exists(Evidenza.objects.filter(bisogno=OuterRef("pk"))))


def bisogni_dimenticati(utente: Any) -> QuerySet:
    """Those nobody has written of for DIMENTICATO, nor of their evidence."""
    da = timezone.now() - DIMENTICATO
    recenti = Evidenza.objects.filter(bisogno=OuterRef("pk"), aggiornato__gte=da)
    return bisogni(utente).filter(aggiornato__lt=da).exclude(Exists(recenti))


def prioritari(utente: Any) -> QuerySet:
    """Those that come first."""
    return bisogni(utente).filter(stato__in=IN_PRIORITA)


def senza_proposta(utente: Any) -> QuerySet:
    """Those no proposal answers, but for abandoned ones."""
    risposte = Proposta.bisogni.through.objects.filter(bisogno=OuterRef("pk"))
    return prioritari(utente).exclude(Exists(risposte.exclude(proposta__stato=StatoProposta.ABBANDONATA)))


def proposte(utente: Any) -> QuerySet:
    """The proposals under way, the oldest first."""
    return Proposta.objects.visibili_a(utente).vive().select_related("capofila").order_by("creato", "pk")


def proposte_dimenticate(utente: Any) -> QuerySet:
    """Those nobody has written of for DIMENTICATO, nor of their steps."""
    da = timezone.now() - DIMENTICATO
    recenti = PassoProposta.objects.filter(proposta=OuterRef("pk"), aggiornato__gte=da)
    return proposte(utente).filter(aggiornato__lt=da).exclude(Exists(recenti))


def senza_impegni(utente: Any) -> QuerySet:
    """Approved ones nobody took a commitment for."""
    impegni = Impegno.objects.filter(proposta=OuterRef("pk"))
    return proposte(utente).filter(stato__in=DA_FARE).exclude(Exists(impegni))


def passi_in_ritardo(utente: Any) -> QuerySet:
    """Those with a step due and not done."""
    oggi = timezone.localdate()
    tardi = PassoProposta.objects.filter(proposta=OuterRef("pk"), fatto_il__isnull=True, entro__lt=oggi)
    return proposte(utente).filter(Exists(tardi))


def impegni(utente: Any) -> Any:
    """The commitments still standing that were taken for a proposal."""
    righe = Impegno.objects.visibili_a(utente).filter(proposta__isnull=False).in_piedi()
    return righe.select_related("ente", "proposta").order_by("scadenza", "creato", "pk")


def impegni_in_ritardo(utente: Any) -> QuerySet:
    """Those of them that are late."""
    return impegni(utente).in_ritardo()


def concluse(utente: Any) -> QuerySet:
    """The proposals that are over, the first first."""
    righe = Proposta.objects.visibili_a(utente).filter(stato=StatoProposta.CONCLUSA)
    return righe.select_related("capofila").order_by("concluso_il", "pk")


def senza_esito(utente: Any) -> QuerySet:
    """Those without an outcome measured."""
    return concluse(utente).exclude(Exists(EsitoProposta.objects.filter(proposta=OuterRef("pk"))))


def fatti_senza_esito(utente: Any) -> QuerySet:
    """Needs that are over, and nobody wrote why nor measured what changed."""
    righe = Bisogno.objects.visibili_a(utente).veri().filter(stato=StatoBisogno.SUPERATO)
    misurati = EsitoProposta.objects.filter(evidenza__bisogno=OuterRef("pk"))
    return righe.filter(Q(motivo="")).exclude(Exists(misurati)).order_by("aggiornato", "pk")
