"""The one writer of states, on the meeting, the shortest table the portal has."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from incontri.models import Incontro, StatoIncontro
from tavolo.base.stati import PassaggioNonPossibile, compi
from tests.factories import IncontroFactory, VerbaleFactory


def storia(incontro):
    return list(incontro.storia.order_by("history_id").values_list("stato", "history_user"))


@pytest.fixture
def incontro(db):
    return IncontroFactory(inizio=timezone.now())


def test_compi_scrive_lo_stato_e_una_riga_di_storia_con_l_autore(incontro, anna):
    compi(incontro, "convoca", autore=anna)

    assert Incontro.objects.get().stato == incontro.stato == StatoIncontro.CONVOCATO
    assert storia(incontro) == [("pianificato", None), ("convocato", anna.pk)]


def test_da_uno_stato_che_non_e_di_partenza_non_si_scrive_niente(incontro, anna):
    compi(incontro, "concludi", autore=anna)

    with pytest.raises(PassaggioNonPossibile) as errore:
        compi(incontro, "convoca", autore=anna)

    assert str(errore.value) == "«Segna come convocato» non si può fare: lo stato è «Svolto»."
    assert Incontro.objects.get().stato == incontro.stato == StatoIncontro.SVOLTO
    assert len(storia(incontro)) == 2


def test_chi_arriva_secondo_con_la_pagina_vecchia_trova_lo_stato_nuovo(incontro, anna, bruno):
    copia = Incontro.objects.get()
    compi(incontro, "annulla", autore=anna)

    with pytest.raises(PassaggioNonPossibile) as errore:
        compi(copia, "concludi", autore=bruno)

    assert str(errore.value) == "«Segna come svolto» non si può fare: lo stato è «Annullato»."
    assert storia(incontro) == [("pianificato", None), ("annullato", anna.pk)]


@pytest.mark.skipif(not connection.features.has_select_for_update, reason="SQLite has one writer at a time")
def test_chi_sta_salvando_la_stessa_riga_non_perde_quello_che_ha_scritto(transactional_db):
    """The passage starts while another connection has written the row and has not committed yet."""
    incontro = IncontroFactory(titolo="Prima", inizio=timezone.now())

    def convoca():
        try:
            compi(Incontro.objects.get(), "convoca", autore=None)
        finally:
            connection.close()

    with ThreadPoolExecutor() as altrove:
        with transaction.atomic():
            incontro.titolo = "Scritto da un'altra persona"
            incontro.save()
            passaggio = altrove.submit(convoca)
            attendi_chi_aspetta()
        passaggio.result(timeout=10)

    assert Incontro.objects.values_list("titolo", "stato").get() == ("Scritto da un'altra persona", "convocato")


def attendi_chi_aspetta():
    """Until another connection waits for a lock of ours."""
    for _ in range(200):
        with connection.cursor() as cursore:
            cursore.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursore.fetchone()[0]:
                return
        time.sleep(0.02)
    pytest.fail("Nobody waits")


def test_una_regola_del_modello_ferma_il_passaggio_con_le_sue_parole(db, anna):
    incontro = IncontroFactory(inizio=None)

    with pytest.raises(PassaggioNonPossibile) as errore:
        compi(incontro, "convoca", autore=anna)

    assert str(errore.value) == "Per convocare l'incontro indica prima la data e l'ora di inizio."
    assert Incontro.objects.get().stato == incontro.stato == StatoIncontro.PIANIFICATO
    assert storia(incontro) == [("pianificato", None)]


def test_un_passaggio_che_non_c_e_e_un_errore_di_chi_scrive(incontro, anna):
    with pytest.raises(KeyError):
        compi(incontro, "inventa", autore=anna)


@pytest.mark.parametrize(
    ("stato", "nomi"),
    [
        ("pianificato", ["convoca", "concludi", "annulla"]),
        ("convocato", ["concludi", "annulla", "riapri"]),
        ("svolto", ["riapri"]),
        ("annullato", ["riapri"]),
    ],
)
def test_le_azioni_seguono_la_tabella(db, stato, nomi, bruno, mira, superutente):
    incontro = IncontroFactory(stato=stato, inizio=timezone.now())

    assert [p.nome for p in incontro.azioni_per(bruno)] == nomi
    assert [p.nome for p in incontro.azioni_per(superutente)] == nomi
    assert incontro.azioni_per(mira) == []


@pytest.mark.parametrize(
    ("nome", "stato", "fra", "col_verbale", "contro"),
    [
        ("concludi", "convocato", 1, False, "Il giorno dell'incontro deve ancora venire."),
        ("concludi", "convocato", 0, False, ""),
        ("concludi", "pianificato", None, False, ""),
        ("annulla", "convocato", 0, True, "L'incontro ha già il verbale: si è tenuto."),
        ("annulla", "convocato", 0, False, ""),
        ("riapri", "svolto", -1, True, "L'incontro ha già il verbale: si è tenuto."),
        ("riapri", "svolto", -1, False, ""),
        ("riapri", "annullato", -1, True, ""),
        ("riapri", "convocato", -1, True, "L'incontro ha già il verbale: si è tenuto."),
    ],
)
def test_un_passaggio_puo_avere_una_ragione_contro(anna, nome, stato, fra, col_verbale, contro):
    inizio = None if fra is None else timezone.now() + timedelta(days=fra)
    incontro = IncontroFactory(stato=stato, inizio=inizio)
    if col_verbale:
        VerbaleFactory(incontro=incontro)
    passaggio = incontro.passaggio(nome)

    assert incontro.impedimento(passaggio) == contro
    assert (passaggio in incontro.azioni_per(anna)) == (contro == "")
    if contro:
        with pytest.raises(PassaggioNonPossibile) as errore:
            compi(incontro, nome, autore=anna)
        assert (str(errore.value), Incontro.objects.get().stato) == (contro, stato)
    else:
        compi(incontro, nome, autore=anna)
        assert Incontro.objects.get().stato == passaggio.a


def test_valori_che_cambiano_con_lo_stato_si_scrivono_insieme_o_non_si_scrivono(db, anna):
    incontro = IncontroFactory(inizio=timezone.now(), titolo="Prima")

    compi(incontro, "convoca", autore=anna, valori={"titolo": "Dopo"})
    with pytest.raises(PassaggioNonPossibile):
        compi(incontro, "concludi", autore=anna, valori={"titolo": ""})

    assert Incontro.objects.values_list("titolo", "stato").get() == ("Dopo", "convocato")
    assert (incontro.titolo, incontro.stato) == ("Dopo", "convocato")


def test_una_ragione_contro_guarda_la_riga_con_i_valori(db, anna):
    incontro = IncontroFactory(stato="convocato", inizio=timezone.now() - timedelta(days=1))
    domani = timezone.now() + timedelta(days=1)

    with pytest.raises(PassaggioNonPossibile) as errore:
        compi(incontro, "concludi", autore=anna, valori={"inizio": domani})

    assert str(errore.value) == "Il giorno dell'incontro deve ancora venire."
    assert incontro.inizio == Incontro.objects.get().inizio < timezone.now()
    assert len(storia(incontro)) == 1
