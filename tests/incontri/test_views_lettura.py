"""The minutes to read: text made of marks, what hangs on the entries, what the points are about."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from incontri.models import Impegno, Verbale
from tests.factories import (
    ImpegnoFactory,
    IncontroFactory,
    IstanzaFactory,
    MessaggioIstanzaFactory,
    PuntoOdgFactory,
    VerbaleFactory,
    VoceFactory,
)


@pytest.fixture
def verbale(bruno):
    return VerbaleFactory(verbalizzante=bruno, incontro__stato="svolto")


def leggi(cliente, verbale):
    return cliente.get(reverse("incontri:verbale-detail", args=[verbale.incontro_id]))


def parole(risposta):
    return " ".join(risposta.content.decode().split())


def test_le_voci_con_i_loro_segni(come, bruno, verbale):
    punto = PuntoOdgFactory(incontro=verbale.incontro)
    VoceFactory(punto=punto, tipo="decisione", esito="maggioranza", pubblica=True, testo="Si chiede:\n- **uno**")
    impegno = VoceFactory(punto=punto, tipo="impegno", testo="Scrive", ordine=1)
    ImpegnoFactory(voce=impegno, ente=bruno.ente, persona=bruno, scadenza=date(2026, 12, 1))
    istanza = VoceFactory(punto=punto, tipo="istanza", testo="Chiede", ordine=2)
    IstanzaFactory(voce=istanza, destinatario=bruno.ente, oggetto="Orari dei consultori")

    pagina = parole(leggi(come(bruno), verbale))

    for atteso in (
        "Decisione · a maggioranza",
        "Si pubblica",
        "<li><strong>uno</strong></li>",
        "Comune di Bollate, Bruno Bollate, entro il 1 dicembre 2026",
        "<strong>Istanza</strong> a Comune di Bollate:",
        "Orari dei consultori",
    ):
        assert atteso in pagina


def test_un_impegno_senza_responsabile_si_fa_notare_finche_si_scrive(come, bruno, verbale):
    VoceFactory(punto=PuntoOdgFactory(incontro=verbale.incontro), tipo="impegno")

    assert "Manca chi se ne occupa." in parole(leggi(come(bruno), verbale))


def test_il_punto_di_approvazione_porta_al_verbale(come, bruno, verbale):
    precedente = VerbaleFactory(incontro__titolo="Incontro di ottobre", stato="condiviso")
    PuntoOdgFactory(incontro=verbale.incontro, tipo="approvazione", verbale_da_approvare=precedente)

    pagina = parole(leggi(come(bruno), verbale))

    assert f'<a href="{precedente.get_absolute_url()}">Verbale di «Incontro di ottobre»</a>' in pagina


@pytest.mark.parametrize(
    ("stato", "parola", "chi_approva"),
    [("bozza", "Da approvare:", []), ("condiviso", "Da approvare:", ["anna"]), ("approvato", "Approvato:", [])],
)
def test_dal_punto_di_approvazione_si_approva_quel_verbale(stato, parola, chi_approva, come, anna, bruno, verbale):
    approvato = {"approvato_il": timezone.now(), "approvato_in": verbale.incontro} if stato == "approvato" else {}
    precedente = VerbaleFactory(stato=stato, **approvato)
    PuntoOdgFactory(incontro=verbale.incontro, tipo="approvazione", verbale_da_approvare=precedente)
    approva = reverse("incontri:verbale-approva", args=[precedente.incontro_id]) + f"?incontro={verbale.incontro_id}"

    pagine = {nome: parole(leggi(come(chi), verbale)) for nome, chi in (("anna", anna), ("bruno", bruno))}

    assert [nome for nome, pagina in pagine.items() if approva in pagina] == chi_approva
    assert [nome for nome, pagina in pagine.items() if parola in pagina] == ["anna", "bruno"]


def test_gli_impegni_aperti_e_le_risposte_si_chiedono_ogni_volta(come, bruno, verbale):
    impegni = PuntoOdgFactory(incontro=verbale.incontro, tipo="impegni", ordine=1)
    istanze = PuntoOdgFactory(incontro=verbale.incontro, tipo="istanze", ordine=2)
    aperto = ImpegnoFactory(incontro=IncontroFactory())
    senza_incontro = ImpegnoFactory(incontro=None)
    ImpegnoFactory(stato="fatto")
    ImpegnoFactory(incontro=verbale.incontro)
    risposta = MessaggioIstanzaFactory(risposta=True, istanza__stato="risposta").istanza
    MessaggioIstanzaFactory(risposta=True, istanza__stato="risposta", discussa_in=IncontroFactory())
    IstanzaFactory()

    contesto = leggi(come(bruno), verbale).context
    primo, secondo = contesto["punti"]

    assert (primo, secondo) == (impegni, istanze)
    assert (primo.istanze_da_discutere, secondo.istanze_da_discutere) == ([], [risposta])
    assert {*contesto["impegni_aperti"]} == {aperto, senza_incontro}
    Impegno.objects.update(stato="fatto")
    assert "Nessun impegno aperto dagli incontri precedenti." in parole(leggi(come(bruno), verbale))


def test_un_verbale_approvato_non_cambia_con_gli_impegni(come, bruno, verbale):
    PuntoOdgFactory(incontro=verbale.incontro, tipo="impegni")
    ImpegnoFactory(incontro=None, testo="Impegno di oggi")
    Verbale.objects.update(stato="approvato", approvato_il="2026-11-01T10:00Z", approvato_in=verbale.incontro)

    pagina = parole(leggi(come(bruno), verbale))

    assert ("Impegno di oggi" in pagina, "Nessun impegno aperto" in pagina) == (False, False)


@pytest.mark.parametrize("quante", [1, 20])
def test_interrogazioni_costanti(come, bruno, django_assert_num_queries, verbale, quante):
    punto = PuntoOdgFactory(incontro=verbale.incontro, tipo="impegni")
    for voce in VoceFactory.create_batch(quante, punto=punto, tipo="impegno"):
        ImpegnoFactory(voce=voce, persona=bruno)
        ImpegnoFactory(persona=bruno)
        IstanzaFactory(stato="risposta")
    PuntoOdgFactory(incontro=verbale.incontro, tipo="istanze")
    cliente = come(bruno)

    with django_assert_num_queries(31):
        leggi(cliente, verbale)
