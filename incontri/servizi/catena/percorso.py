"""The chain of the whole Tavolo: how much there is at each stage, and what is stuck there."""

from collections.abc import Callable
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Fermo:
    """A way of being stuck: `righe` finds its rows, for the person, the oldest first; `che_fare` says what moves them."""

    nome: str
    titolo: str
    che_fare: str
    righe: Callable[[Any], QuerySet]


@dataclass(frozen=True)
class Tappa:
    """A stage of the chain: what is there, and the ways of being stuck."""

    nome: str
    titolo: str
    righe: Callable[[Any], QuerySet]
    fermi: tuple[Fermo, ...]


@dataclass(frozen=True)
class Conto:
    """A stage with its numbers."""

    tappa: Tappa
    quante: int
    ferme: tuple[tuple[Fermo, int], ...]


def _detto(utente: Any) -> QuerySet:
    """Criticities and needs told in minutes that are no draft any more, of those the person reads."""
    verbali = Verbale.objects.visibili_a(utente).exclude(stato=StatoVerbale.BOZZA)
    righe = Voce.objects.filter(tipo__in=DA_PORTARE, punto__incontro__in=verbali.values("incontro"))
    return righe.select_related("punto__incontro").order_by("punto__incontro__inizio", "creato", "pk")


def _mai_portate(utente: Any) -> QuerySet:
    return _detto(utente).exclude(Exists(OrigineBisogno.objects.filter(voce=OuterRef("pk"))))


def _bisogni(utente: Any) -> QuerySet:
    return Bisogno.objects.visibili_a(utente).vivi().order_by("creato", "pk")


def _senza_evidenze(utente: Any) -> QuerySet:
    return _bisogni(utente).exclude(Exists(Evidenza.objects.filter(bisogno=OuterRef("pk"))))


def _bisogni_dimenticati(utente: Any) -> QuerySet:
    da = timezone.now() - DIMENTICATO
    recenti = Evidenza.objects.filter(bisogno=OuterRef("pk"), aggiornato__gte=da)
    return _bisogni(utente).filter(aggiornato__lt=da).exclude(Exists(recenti))


def _prioritari(utente: Any) -> QuerySet:
    return _bisogni(utente).filter(stato__in=IN_PRIORITA)


def _senza_proposta(utente: Any) -> QuerySet:
    risposte = Proposta.bisogni.through.objects.filter(bisogno=OuterRef("pk"))
    return _prioritari(utente).exclude(Exists(risposte.exclude(proposta__stato=StatoProposta.ABBANDONATA)))


def _proposte(utente: Any) -> QuerySet:
    return Proposta.objects.visibili_a(utente).vive().select_related("capofila").order_by("creato", "pk")


def _proposte_dimenticate(utente: Any) -> QuerySet:
    da = timezone.now() - DIMENTICATO
    recenti = PassoProposta.objects.filter(proposta=OuterRef("pk"), aggiornato__gte=da)
    return _proposte(utente).filter(aggiornato__lt=da).exclude(Exists(recenti))


def _senza_impegni(utente: Any) -> QuerySet:
    impegni = Impegno.objects.filter(proposta=OuterRef("pk"))
    return _proposte(utente).filter(stato__in=DA_FARE).exclude(Exists(impegni))


def _passi_in_ritardo(utente: Any) -> QuerySet:
    oggi = timezone.localdate()
    tardi = PassoProposta.objects.filter(proposta=OuterRef("pk"), fatto_il__isnull=True, entro__lt=oggi)
    return _proposte(utente).filter(Exists(tardi))


def _impegni(utente: Any) -> Any:
    righe = Impegno.objects.visibili_a(utente).filter(proposta__isnull=False).in_piedi()
    return righe.select_related("ente", "proposta").order_by("scadenza", "creato", "pk")


def _impegni_in_ritardo(utente: Any) -> QuerySet:
    return _impegni(utente).in_ritardo()


def _concluse(utente: Any) -> QuerySet:
    righe = Proposta.objects.visibili_a(utente).filter(stato=StatoProposta.CONCLUSA)
    return righe.select_related("capofila").order_by("concluso_il", "pk")


def _senza_esito(utente: Any) -> QuerySet:
    return _concluse(utente).exclude(Exists(EsitoProposta.objects.filter(proposta=OuterRef("pk"))))


def _fatti_senza_esito(utente: Any) -> QuerySet:
    """Needs that are over, and nobody wrote why nor measured what changed."""
    righe = Bisogno.objects.visibili_a(utente).veri().filter(stato=StatoBisogno.SUPERATO)
    misurati = EsitoProposta.objects.filter(evidenza__bisogno=OuterRef("pk"))
    return righe.filter(Q(motivo="")).exclude(Exists(misurati)).order_by("aggiornato", "pk")


TAPPE = (
    Tappa(
        "criticita",
        "Criticità e bisogni detti negli incontri",
        _detto,
        (
            Fermo(
                "mai-portate",
                "mai portate fra i bisogni",
                "Apri il verbale e portale fra i bisogni, oppure collegale a uno che c'è già.",
                _mai_portate,
            ),
        ),
    ),
    Tappa(
        "bisogni",
        "Bisogni aperti",
        _bisogni,
        (
            Fermo(
                "senza-evidenze",
                "senza un'evidenza",
                "Apri il bisogno e aggiungi un numero o un'osservazione.",
                _senza_evidenze,
            ),
            Fermo(
                "bisogni-dimenticati",
                "di cui nessuno scrive da sei mesi",
                "Prendilo in analisi, aggiungi quello che si sa ora, oppure di' che è superato.",
                _bisogni_dimenticati,
            ),
        ),
    ),
    Tappa(
        "prioritari",
        "Bisogni prioritari",
        _prioritari,
        (
            Fermo(
                "senza-proposta",
                "senza una proposta",
                "Serve un ente che scriva che cosa si può fare.",
                _senza_proposta,
            ),
        ),
    ),
    Tappa(
        "proposte",
        "Proposte in corso",
        _proposte,
        (
            Fermo(
                "senza-impegni",
                "approvate, ma nessuno ha preso un impegno",
                "Al prossimo incontro si decide chi fa che cosa, entro quando.",
                _senza_impegni,
            ),
            Fermo(
                "passi-in-ritardo",
                "con passi in ritardo",
                "Chi la guida segna il passo come fatto, o sposta la data.",
                _passi_in_ritardo,
            ),
            Fermo(
                "proposte-dimenticate",
                "di cui nessuno scrive da sei mesi",
                "Chi la guida dice a che punto è, o che la si abbandona.",
                _proposte_dimenticate,
            ),
        ),
    ),
    Tappa(
        "impegni",
        "Impegni da mantenere per una proposta",
        _impegni,
        (
            Fermo(
                "impegni-in-ritardo",
                "in ritardo",
                "L'ente dice a che punto è, o chiede un'altra data.",
                _impegni_in_ritardo,
            ),
        ),
    ),
    Tappa(
        "esiti",
        "Proposte concluse",
        _concluse,
        (
            Fermo(
                "senza-esito",
                "senza un numero di prima e dopo",
                "Misura di nuovo l'evidenza da cui si era partiti.",
                _senza_esito,
            ),
            Fermo(
                "superati-senza-motivo",
                "bisogni superati senza un perché",
                "Scrivi perché il bisogno non c'è più.",
                _fatti_senza_esito,
            ),
        ),
    ),
)
ELENCHI = {
    **{tappa.nome: (tappa.titolo, "", tappa.righe) for tappa in TAPPE},
    **{
        fermo.nome: (f"{tappa.titolo}: {fermo.titolo}", fermo.che_fare, fermo.righe)
        for tappa in TAPPE
        for fermo in tappa.fermi
    },
}


def percorso(utente: Any) -> list[Conto]:
    """Each stage with how many are there and how many are stuck, for the person; two queries a stage or so, whatever there is."""
    return [
        Conto(tappa, tappa.righe(utente).count(), tuple((f, f.righe(utente).count()) for f in tappa.fermi))
        for tappa in TAPPE
    ]
