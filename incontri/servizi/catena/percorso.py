"""The chain of the whole Tavolo: how much there is at each stage, and what is stuck there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from incontri.servizi.catena import righe


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


TAPPE = (
    Tappa(
        "criticita",
        "Criticità e bisogni detti negli incontri",
        righe.detto,
        (
            Fermo(
                "mai-portate",
                "mai portate fra i bisogni",
                "Apri il verbale e portale fra i bisogni, oppure collegale a uno che c'è già.",
                righe.mai_portate,
            ),
        ),
    ),
    Tappa(
        "bisogni",
        "Bisogni aperti",
        righe.bisogni,
        (
            Fermo(
                "senza-evidenze",
                "senza un'evidenza",
                "Apri il bisogno e aggiungi un numero o un'osservazione.",
                righe.senza_evidenze,
            ),
            Fermo(
                "bisogni-dimenticati",
                "di cui nessuno scrive da sei mesi",
                "Prendilo in analisi, aggiungi quello che si sa ora, oppure di' che è superato.",
                righe.bisogni_dimenticati,
            ),
        ),
    ),
    Tappa(
        "prioritari",
        "Bisogni prioritari",
        righe.prioritari,
        (
            Fermo(
                "senza-proposta",
                "senza una proposta",
                "Serve un ente che scriva che cosa si può fare.",
                righe.senza_proposta,
            ),
        ),
    ),
    Tappa(
        "proposte",
        "Proposte in corso",
        righe.proposte,
        (
            Fermo(
                "senza-impegni",
                "approvate, ma nessuno ha preso un impegno",
                "Al prossimo incontro si decide chi fa che cosa, entro quando.",
                righe.senza_impegni,
            ),
            Fermo(
                "passi-in-ritardo",
                "con passi in ritardo",
                "Chi la guida segna il passo come fatto, o sposta la data.",
                righe.passi_in_ritardo,
            ),
            Fermo(
                "proposte-dimenticate",
                "di cui nessuno scrive da sei mesi",
                "Chi la guida dice a che punto è, o che la si abbandona.",
                righe.proposte_dimenticate,
            ),
        ),
    ),
    Tappa(
        "impegni",
        "Impegni da mantenere per una proposta",
        righe.impegni,
        (
            Fermo(
                "impegni-in-ritardo",
                "in ritardo",
                "L'ente dice a che punto è, o chiede un'altra data.",
                righe.impegni_in_ritardo,
            ),
        ),
    ),
    Tappa(
        "esiti",
        "Proposte concluse",
        righe.concluse,
        (
            Fermo(
                "senza-esito",
                "senza un numero di prima e dopo",
                "Misura di nuovo l'evidenza da cui si era partiti.",
                righe.senza_esito,
            ),
            Fermo(
                "superati-senza-motivo",
                "bisogni superati senza un perché",
                "Scrivi perché il bisogno non c'è più.",
                righe.fatti_senza_esito,
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
