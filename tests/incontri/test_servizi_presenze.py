"""Attendance: the ente and the holder of that day, all or none."""

from datetime import UTC, datetime

import pytest

from incontri.models import Presenza
from incontri.servizi.presenze import RigaPresenza, registra_presenze
from referenti.models import Seggio
from tavolo.base.concorrenza import VersioneSuperata, timbro
from tests.factories import IncaricoFactory, IncontroFactory, SeggioFactory, UtenteFactory


@pytest.fixture
def incontro(db):
    return IncontroFactory(inizio=datetime(2024, 5, 15, 8, 0, tzinfo=UTC), stato="svolto")


def riga(seggio, esito="in-sede", presenza=None, **altro):
    versione = timbro(presenza) if presenza else ""
    return RigaPresenza(
        chiave=seggio.nome, seggio=seggio, versione=versione, valori={"esito": esito, "nota": ""}, **altro
    )


def test_dodici_seggi_e_un_ospite_in_una_volta(incontro, bruno):
    seggi = SeggioFactory.create_batch(12)
    ospite = RigaPresenza(chiave="o", valori={"ospite": "Giulia", "ente_id": None}, alla_nascita={"esito": "in-sede"})

    registra_presenze(incontro, [*(riga(s) for s in seggi), ospite], autore=bruno)

    assert {(p.seggio, p.ente, p.ospite) for p in Presenza.objects.all()} == {
        *((s, s.ente, "") for s in seggi),
        (None, None, "Giulia"),
    }
    assert {h.history_user for h in Presenza.storia.all()} == {bruno}


def test_la_presenza_tiene_chi_era_titolare_quel_giorno(incontro, bruno):
    seggio = SeggioFactory()
    allora, oggi = UtenteFactory(), UtenteFactory()
    IncaricoFactory(seggio=seggio, utente=allora, dal="2024-01-01", al="2024-12-31")
    IncaricoFactory(seggio=seggio, utente=oggi, dal="2025-01-01")

    registra_presenze(incontro, [riga(seggio)], autore=bruno)

    assert Presenza.objects.get().utente == allora


def test_non_segnato_toglie_la_presenza(incontro, bruno):
    seggio = SeggioFactory()
    registra_presenze(incontro, [riga(seggio)], autore=bruno)

    registra_presenze(incontro, [riga(seggio, "", Presenza.objects.get(), rimuovi=True)], autore=bruno)
    registra_presenze(incontro, [riga(seggio, "", rimuovi=True)], autore=bruno)

    assert not Presenza.objects.exists()


def test_due_che_segnano_lo_stesso_seggio_in_modo_diverso(incontro, bruno, senait):
    primo, secondo = SeggioFactory.create_batch(2)
    registra_presenze(incontro, [riga(primo, "assente")], autore=senait)

    with pytest.raises(VersioneSuperata) as superata:
        registra_presenze(incontro, [riga(primo, "online"), riga(secondo)], autore=bruno)

    assert {c: p.esito for c, p in superata.value.salvate.items()} == {primo.nome: "assente"}
    assert [(p.seggio, p.esito) for p in Presenza.objects.all()] == [(primo, "assente")]


def test_due_che_segnano_lo_stesso_seggio_allo_stesso_modo(incontro, bruno, senait):
    seggio = SeggioFactory()

    registra_presenze(incontro, [riga(seggio)], autore=senait)
    registra_presenze(incontro, [riga(seggio)], autore=bruno)

    assert [p.seggio for p in Presenza.objects.all()] == [seggio]


def test_conteggio_per_ente(incontro, bruno):
    uno, due = SeggioFactory.create_batch(2)
    anche = SeggioFactory(ente=uno.ente)
    registra_presenze(incontro, [riga(uno), riga(due, "giustificato"), riga(anche, "delega")], autore=bruno)

    assert {(r["denominazione"], r["presenti"], r["assenti"]) for r in incontro.presenze.per_ente()} == {
        (uno.ente.denominazione, 2, 0),
        (due.ente.denominazione, 0, 1),
    }
    assert Seggio.objects.count() == 4  # the seat of Bruno too


def test_senza_data_non_si_sa_chi_era_titolare(bruno):
    incontro, seggio = IncontroFactory(stato="svolto"), bruno.incarichi.get().seggio

    registra_presenze(incontro, [riga(seggio)], autore=bruno)

    presenza = Presenza.objects.get()
    assert (presenza.seggio, presenza.ente, presenza.utente) == (seggio, seggio.ente, None)
