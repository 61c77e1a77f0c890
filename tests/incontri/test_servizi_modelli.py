"""Templates: what a new meeting takes from one, and what it keeps of what was typed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from incontri.models import Incontro
from incontri.servizi.modelli import modello_solito, pianifica, verbale_in_attesa
from incontri.servizi.odg import parti_da_odg_tipo
from tests.factories import IncontroFactory, ModelloIncontroFactory, PuntoModelloFactory, VerbaleFactory

DOMANI = timezone.now() + timedelta(days=1)


@pytest.fixture
def modello(db):
    modello = ModelloIncontroFactory(nome="Ordinario", titolo="Incontro del Tavolo", luogo="Sala", durata=90)
    PuntoModelloFactory(modello=modello, tipo="approvazione", titolo="Verbale", ordine=1)
    PuntoModelloFactory(modello=modello, titolo="Argomento", durata=20, ordine=2)
    return modello


def punti(incontro):
    return list(incontro.punti.values_list("ordine", "tipo", "titolo", "durata", "verbale_da_approvare"))


def test_prende_fine_e_punti_e_il_verbale_da_approvare(modello, anna):
    verbali = {
        giorni: VerbaleFactory(incontro=IncontroFactory(inizio=DOMANI - timedelta(days=giorni))) for giorni in (90, 30)
    }
    incontro = IncontroFactory(inizio=DOMANI)
    pianifica(incontro, modello, autore=anna)
    assert Incontro.objects.get(pk=incontro.pk).fine == DOMANI + timedelta(minutes=90)
    assert punti(incontro) == [
        (1, "approvazione", "Verbale", None, verbali[30].pk),
        (2, "ordinario", "Argomento", 20, None),
    ]
    assert incontro.punti.first().storia.first().history_user == anna


def test_senza_verbali_il_punto_resta_senza(modello, anna):
    incontro = IncontroFactory()
    pianifica(incontro, modello, autore=anna)
    pianifica(incontro, modello, autore=anna)
    assert [p[4] for p in punti(incontro)] == [None, None]
    assert verbale_in_attesa(incontro) is None


def test_l_odg_tipo_parte_dal_modello_che_si_propone(modello, anna):
    incontro = IncontroFactory()
    parti_da_odg_tipo(incontro, autore=anna)
    assert [p[2] for p in punti(incontro)] == ["Verbale", "Argomento"]
    modello.attivo = False
    modello.save()
    assert modello_solito() is None


def test_l_odg_tipo_di_un_incontro_convocato_e_una_nuova_versione_per_i_calendari(modello, anna):
    incontro = IncontroFactory(inizio=DOMANI, stato="convocato")
    parti_da_odg_tipo(incontro, autore=anna)
    assert Incontro.objects.get().sequenza == 1


def test_dalla_pagina(come, anna, modello):
    pagina = f"{reverse('incontri:incontro-create')}?modello={modello.slug}"
    form = come(anna).get(pagina).context["form"]
    assert (form["titolo"].value(), form["luogo"].value(), form["modello"].value()) == (
        "Incontro del Tavolo",
        "Sala",
        modello.slug,
    )
    dati = {"titolo": "Mio", "giorno": "2027-01-12", "dalle": "10:00", "modalita": "in-sede"}
    come(anna).post(pagina, dati | {"modello": modello.slug})
    come(anna).post(pagina, dati | {"titolo": "Senza"})
    con, senza = Incontro.objects.get(titolo="Mio"), Incontro.objects.get(titolo="Senza")
    assert (timezone.localtime(con.fine).strftime("%H:%M"), con.punti.count()) == ("11:30", 2)
    assert (senza.fine, senza.punti.count()) == (None, 0)
