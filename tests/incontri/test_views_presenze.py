"""The page of the attendance."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from incontri.models import Presenza
from tests.factories import EnteFactory, IncaricoFactory, IncontroFactory, PresenzaFactory, SeggioFactory


@pytest.fixture
def incontro(db):
    return IncontroFactory(inizio=timezone.now() - timedelta(hours=1), stato="svolto")


@pytest.fixture
def pagina(come, senait, incontro):
    """`pagina()` opens the attendance, `pagina(dati)` sends it."""
    url = reverse("incontri:presenza-update", args=[incontro.pk])
    cliente = come(senait)
    return lambda dati=None: cliente.get(url) if dati is None else cliente.post(url, dati)


def dati_di(risposta, **altro):
    """What the screen would send."""
    moduli = risposta.context["moduli"]
    gestione = moduli.ospiti.management_form
    dati = {f"ospiti-{n}": str(gestione[n].value()) for n in ("TOTAL_FORMS", "INITIAL_FORMS")}
    for form in [*moduli.seggi, *moduli.ospiti.forms]:
        dati |= {form.add_prefix(n): form[n].value() for n in form.fields if form[n].value() not in (None, False)}
    return dati | altro


def campo(seggio, nome="esito"):
    return f"seggio-{seggio.pk.hex}-{nome}"


def test_dodici_seggi_in_un_invio(pagina, incontro):
    seggi = SeggioFactory.create_batch(12)
    esiti = ["in-sede", "online", "delega", "giustificato", "assente", ""] * 2
    ente = EnteFactory()
    scelti = {campo(s): e for s, e in zip(seggi, esiti, strict=True)}
    ospite = {"ospiti-0-ospite": "Giulia Rossi", "ospiti-0-ente_id": str(ente.pk)}

    risposta = pagina(dati_di(pagina(), **scelti, **ospite, **{campo(seggi[2], "nota"): "la collega"}))

    assert risposta["Location"] == incontro.get_absolute_url()
    segnati = {(s, e) for s, e in zip(seggi, esiti, strict=True) if e}
    assert {(p.seggio, p.esito) for p in Presenza.objects.exclude(seggio=None)} == segnati
    assert [(p.ospite, p.ente, p.esito) for p in Presenza.objects.filter(seggio=None)] == [
        ("Giulia Rossi", ente, "in-sede")
    ]
    assert Presenza.objects.get(seggio=seggi[2]).nota == "la collega"
    pagina(dati_di(pagina()))
    assert Presenza.storia.count() == 11


def test_seggi_attivi_col_titolare_di_quel_giorno_e_quelli_gia_segnati(pagina, incontro):
    attivo, spento, segnato = SeggioFactory(), SeggioFactory(attivo=False), SeggioFactory(attivo=False)
    incarico = IncaricoFactory(seggio=attivo, dal="2020-01-01")
    PresenzaFactory(incontro=incontro, seggio=segnato)

    mostrati = {form.seggio: form.titolare for form in pagina().context["moduli"].seggi}

    assert mostrati == {attivo: incarico, segnato: None}
    assert spento not in mostrati


def test_una_riga_sbagliata_non_fa_perdere_le_altre(pagina, incontro):
    primo, secondo = SeggioFactory.create_batch(2)

    risposta = pagina(
        dati_di(
            pagina(),
            **{campo(primo): "volando", campo(secondo, "nota"): "arriva dopo", "ospiti-0-ospite": "Giulia"},
        )
    )

    moduli = risposta.context["moduli"]
    assert [list(form.errors) for form in moduli.seggi] == [["esito"], ["esito"]]
    assert moduli.seggi[1]["nota"].value() == "arriva dopo"
    assert moduli.ospiti.forms[0]["ospite"].value() == "Giulia"
    assert not Presenza.objects.exists()


def test_due_persone_sullo_stesso_seggio_trovano_le_due_risposte(pagina, incontro):
    seggio = SeggioFactory()
    vecchi = dati_di(pagina(), **{campo(seggio): "assente"})
    pagina(dati_di(pagina(), **{campo(seggio): "online"}))

    risposta = pagina(vecchi)

    form = risposta.context["moduli"].seggi[0]
    assert (risposta.status_code, form["esito"].value(), form.salvata.esito) == (409, "assente", "online")
    assert Presenza.objects.get().esito == "online"
    pagina(dati_di(risposta))
    assert Presenza.objects.get().esito == "assente"


def test_due_persone_su_seggi_diversi_non_si_disturbano(pagina, incontro):
    primo, secondo = SeggioFactory.create_batch(2)
    vecchi = dati_di(pagina(), **{campo(primo): "assente"})
    pagina(dati_di(pagina(), **{campo(secondo): "online"}))

    risposta = pagina(vecchi)

    assert risposta.status_code == 302
    assert {(p.seggio, p.esito) for p in Presenza.objects.all()} == {(primo, "assente"), (secondo, "online")}


def test_togliere_un_ospite(pagina, incontro):
    PresenzaFactory(incontro=incontro, seggio=None, ente=None, ospite="Giulia")

    pagina(dati_di(pagina(), **{"ospiti-0-rimuovi": "on"}))

    assert not Presenza.objects.exists()


@pytest.mark.parametrize("dati", [{}, {"ospiti-TOTAL_FORMS": "x"}, {"ospiti-TOTAL_FORMS": "1", "ospiti-0-uuid": "x"}])
def test_dati_rotti_non_rompono(pagina, incontro, dati):
    assert pagina(dati).status_code == 200
    assert not Presenza.objects.exists()


@pytest.mark.parametrize("quanti", [1, 30])
def test_interrogazioni_costanti(pagina, incontro, django_assert_num_queries, quanti):
    for seggio in SeggioFactory.create_batch(quanti):
        IncaricoFactory(seggio=seggio, dal="2020-01-01")
        PresenzaFactory(incontro=incontro, seggio=seggio)

    with django_assert_num_queries(13):
        pagina()


def test_delega_arrivi_e_uscite(pagina):
    primo, secondo = SeggioFactory.create_batch(2)
    scelti = {campo(primo): "delega", campo(primo, "delegato"): "la collega", campo(secondo): "in-sede"}
    orari = {campo(secondo, "entrata"): "10:15", campo(secondo, "uscita"): "11:30"}

    pagina(dati_di(pagina(), **scelti, **orari))

    segnate = {p.seggio: (p.esito, p.delegato, str(p.entrata), str(p.uscita)) for p in Presenza.objects.all()}
    assert segnate == {
        primo: ("delega", "la collega", "None", "None"),
        secondo: ("in-sede", "", "10:15:00", "11:30:00"),
    }
    pagina(dati_di(pagina()))
    assert Presenza.storia.count() == 2


def test_si_va_via_dopo_essere_arrivati_e_un_delegato_vuole_la_delega(pagina):
    primo, secondo = SeggioFactory.create_batch(2)
    orari = {campo(primo): "in-sede", campo(primo, "entrata"): "11:00", campo(primo, "uscita"): "10:00"}

    risposta = pagina(dati_di(pagina(), **orari, **{campo(secondo): "assente", campo(secondo, "delegato"): "Ada"}))

    assert [form.errors for form in risposta.context["moduli"].seggi] == [
        {"uscita": ["Si va via dopo essere arrivati."]},
        {"delegato": ["Scegli «Con delega», oppure togli chi è venuto al suo posto."]},
    ]
    assert not Presenza.objects.exists()


def test_l_ospite_online_che_arriva_dopo(pagina):
    ospite = {"ospiti-0-ospite": "Giulia", "ospiti-0-esito": "online", "ospiti-0-entrata": "10:30"}

    pagina(dati_di(pagina(), **ospite))

    salvato = Presenza.objects.get()
    assert (salvato.ospite, salvato.esito, str(salvato.entrata)) == ("Giulia", "online", "10:30:00")


def test_il_nome_di_un_ospite_non_ha_i_segni_di_una_pagina(pagina, incontro):
    risposta = pagina(dati_di(pagina(), **{"ospiti-0-ospite": "Giulia <b>Rossi</b>"}))

    form = risposta.context["moduli"].ospiti.forms[0]
    assert form.errors == {"ospite": ["Scrivi solo il nome e il cognome, senza i segni < e >."]}
    assert form["ospite"].value() == "Giulia <b>Rossi</b>"
    assert not Presenza.objects.exists()
    vecchio = PresenzaFactory(incontro=incontro, seggio=None, ente=None, ospite="<Giulia>")
    pagina(dati_di(pagina(), **{"ospiti-0-rimuovi": "on"}))
    assert not Presenza.objects.filter(pk=vecchio.pk).exists()
