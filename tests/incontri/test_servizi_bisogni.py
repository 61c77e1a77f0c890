"""Needs: born with where they were heard, recognised when they are there already, moved from state to state, told."""

from decimal import Decimal

import pytest

from incontri.models import Bisogno, Evidenza, OrigineBisogno
from incontri.servizi.bisogni.evidenze import giudizio_di, scrivi_evidenza, togli_evidenza
from incontri.servizi.bisogni.nascita import BisognoNonPossibile, Origine, aggiungi_origine, porta_bisogno
from incontri.servizi.bisogni.passaggi import porta_avanti
from incontri.servizi.bisogni.simili import simili
from incontri.servizi.bisogni.storia import storia_di
from tavolo.base.stati import PassaggioNonPossibile
from tests.factories import (
    BisognoFactory,
    EsitoPropostaFactory,
    EvidenzaFactory,
    PropostaFactory,
    SegnalazioneFactory,
    TemaFactory,
    VoceFactory,
)


@pytest.fixture
def tema(db):
    return TemaFactory(nome="Mediazione")


@pytest.fixture
def bisogno(tema):
    return BisognoFactory(titolo="Mediazione attivata tardi", tema=tema)


def detti(fatti):
    return [(f.che_cosa, f.chi, [(c.campo, c.prima, c.dopo) for c in f.cambiamenti], f.motivo) for f in fatti]


# --- Birth ---------------------------------------------------------------------------------------------------------------
def test_nasce_con_le_sue_liste_la_sua_origine_e_chi_lo_ha_scritto(tema, bollate, bruno):
    voce = VoceFactory(tipo="criticita")
    bisogno = porta_bisogno(
        Bisogno(titolo="Nuovo", tema=tema),
        insiemi={"comuni": [bollate]},
        origine=Origine(voce=voce, nota="Detto due volte."),
        autore=bruno,
    )
    origine = bisogno.origini.get()
    assert (list(bisogno.comuni.all()), bisogno.autore, bisogno.stato) == ([bollate], bruno, "proposto")
    assert (origine.tipo, origine.voce, origine.nota, origine.autore) == ("verbale", voce, "Detto due volte.", bruno)
    assert {riga.history_user for riga in bisogno.storia.all()} == {bruno}


def test_un_modulo_mandato_due_volte_e_un_bisogno_solo(tema, bruno):
    chiave = Bisogno().pk
    uno = porta_bisogno(Bisogno(titolo="A", tema=tema), insiemi={}, origine=Origine(), autore=bruno, chiave=chiave)
    due = porta_bisogno(Bisogno(titolo="A", tema=tema), insiemi={}, origine=Origine(), autore=bruno, chiave=chiave)
    assert (uno, Bisogno.objects.count(), OrigineBisogno.objects.count()) == (due, 1, 1)


@pytest.mark.parametrize("quale", ["voce", "segnalazione", "parole", "nota"])
def test_la_stessa_origine_non_si_scrive_due_volte(quale, bisogno, bruno):
    valori = {"voce": VoceFactory, "segnalazione": SegnalazioneFactory, "parole": lambda: "dentista", "nota": str}
    origine = Origine(**{quale: valori[quale]()})
    assert aggiungi_origine(bisogno, origine=origine, autore=bruno) == aggiungi_origine(
        bisogno, origine=origine, autore=bruno
    )
    assert bisogno.origini.count() == 1


def test_in_un_bisogno_unito_non_si_scrive(bisogno, bruno):
    unito = BisognoFactory(unito_a=bisogno)
    with pytest.raises(BisognoNonPossibile, match="unito a «Mediazione attivata tardi»"):
        aggiungi_origine(unito, origine=Origine(nota="x"), autore=bruno)
    with pytest.raises(BisognoNonPossibile):
        scrivi_evidenza(EvidenzaFactory.build(bisogno=unito), autore=bruno)
    assert (OrigineBisogno.objects.count(), Evidenza.objects.count()) == (0, 0)


# --- Look-alikes ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("titolo", "trovati"),
    [
        ("La mediazione si attiva tardi", ["Mediazione attivata tardi"]),
        ("mediazione", ["Mediazione attivata tardi"]),
        ("Orari degli uffici", ["Gli uffici hanno orari che non vanno bene"]),
        ("Le case popolari", []),
        ("", []),
    ],
)
def test_i_simili_si_riconoscono_dalle_parole(titolo, trovati, bisogno, db):
    BisognoFactory(titolo="Gli uffici hanno orari che non vanno bene")
    BisognoFactory(titolo="Mediazione attivata tardi, vecchio", unito_a=bisogno)
    assert [b.titolo for b in simili(titolo)] == trovati


def test_un_bisogno_non_e_simile_a_se_stesso(bisogno):
    assert simili(bisogno.titolo, tranne=bisogno) == []


@pytest.mark.parametrize("quanti", [1, 3])
def test_i_simili_in_interrogazioni_costanti(quanti, db, bollate, django_assert_num_queries):
    for _ in range(quanti):
        BisognoFactory(titolo="Mediazione attivata tardi", comuni=[bollate])
    with django_assert_num_queries(4):
        assert len(simili("Mediazione tardi")) == quanti


# --- States --------------------------------------------------------------------------------------------------------------
def test_ogni_passaggio_lascia_il_suo_perche(bisogno, anna):
    porta_avanti(bisogno, "analizza", autore=anna, motivo="Lo chiedono tre enti")
    porta_avanti(bisogno, "supera", autore=anna, motivo="Ora c'è la procedura comune. " * 5)
    bisogno.refresh_from_db()
    assert (bisogno.stato, bisogno.motivo) == ("superato", ("Ora c'è la procedura comune. " * 5).strip())
    porta_avanti(bisogno, "riapri", autore=anna, motivo="È tornato")
    assert (bisogno.stato, bisogno.motivo) == ("in-analisi", "")
    perche = bisogno.storia.order_by("history_id").values_list("history_change_reason", flat=True)
    assert [p for p in perche if p] == [
        "Lo chiedono tre enti",
        ("Ora c'è la procedura comune. " * 5)[:100],
        "È tornato",
    ]


@pytest.mark.parametrize("nome", ["supera", "riapri"])
def test_alcuni_passaggi_vogliono_un_perche(nome, tema, anna):
    bisogno = BisognoFactory(tema=tema, stato="prioritario")
    with pytest.raises(PassaggioNonPossibile, match="Scrivi perché"):
        porta_avanti(bisogno, nome, autore=anna, motivo="  ")
    bisogno.refresh_from_db()
    assert bisogno.stato == "prioritario"


def test_in_risposta_solo_con_una_proposta(tema, anna):
    bisogno = BisognoFactory(tema=tema, stato="prioritario")
    with pytest.raises(PassaggioNonPossibile, match="collega una proposta"):
        porta_avanti(bisogno, "rispondi", autore=anna)
    PropostaFactory(bisogni=[bisogno])
    assert porta_avanti(bisogno, "rispondi", autore=anna).stato == "in-risposta"


def test_un_bisogno_unito_non_cambia_stato(bisogno, anna):
    unito = BisognoFactory(unito_a=bisogno)
    with pytest.raises(PassaggioNonPossibile, match="lo stato si cambia lì"):
        porta_avanti(unito, "analizza", autore=anna)


# --- Evidence ------------------------------------------------------------------------------------------------------------
def test_un_conto_sotto_cinque_non_si_conserva_neanche_nella_storia(bisogno, bruno):
    evidenza = scrivi_evidenza(
        Evidenza(bisogno=bisogno, testo="Casi", valore=Decimal(3), unita="persone", riferimento="2026", fonte="ASST"),
        autore=bruno,
    )
    evidenza.refresh_from_db()
    assert (evidenza.valore, evidenza.soppresso, evidenza.autore) == (None, True, bruno)
    assert [riga.valore for riga in evidenza.storia.all()] == [None]


def test_laffidabilita_viene_dalle_evidenze(bisogno):
    assert giudizio_di(bisogno).lettera is None
    EvidenzaFactory(bisogno=bisogno, tipo="opinione", valore=None, unita="")
    assert giudizio_di(bisogno).lettera == "C"
    EvidenzaFactory(bisogno=bisogno, fonte="ASST Rhodense", riferimento="2026")
    assert giudizio_di(bisogno).lettera == "B"
    EvidenzaFactory(bisogno=bisogno, fonte="Comune di Bollate", riferimento="2026")
    assert giudizio_di(bisogno).lettera == "A"


def test_levidenza_di_un_esito_non_si_toglie(bisogno, bruno):
    evidenza = EvidenzaFactory(bisogno=bisogno)
    EsitoPropostaFactory(evidenza=evidenza)
    with pytest.raises(BisognoNonPossibile, match="L'esito di una proposta"):
        togli_evidenza(evidenza, autore=bruno)
    assert Evidenza.objects.count() == 1


# --- History -------------------------------------------------------------------------------------------------------------
def test_la_storia_dice_chi_ha_cambiato_che_cosa_e_perche(tema, bollate, senago, bruno, anna):
    bisogno = porta_bisogno(
        Bisogno(titolo="Tardi", tema=tema),
        insiemi={"comuni": [bollate]},
        origine=Origine(nota="Sportelli"),
        autore=bruno,
    )
    evidenza = scrivi_evidenza(EvidenzaFactory.build(bisogno=bisogno, testo="In attesa"), autore=bruno)
    bisogno.titolo, bisogno._history_user = "Troppo tardi", anna
    bisogno.save()
    bisogno.comuni.add(senago)
    porta_avanti(bisogno, "analizza", autore=bruno, motivo="Serve")
    togli_evidenza(evidenza, autore=anna)
    riga = "In attesa: 120 persone (tutto l’Ambito, 2026, ASST Rhodense)"
    assert detti(storia_di(bisogno)) == [
        ("Evidenza tolta", str(anna), [("", riga, "")], ""),
        ("Bisogno cambiato", str(bruno), [("stato", "Proposto", "In analisi")], "Serve"),
        (
            "Bisogno cambiato",
            str(anna),
            [("il bisogno, in una riga", "Tardi", "Troppo tardi"), ("in quali comuni", "Bollate", "Bollate, Senago")],
            "",
        ),
        ("Evidenza aggiunta", str(bruno), [("", "", riga)], ""),
        ("Origine aggiunta", str(bruno), [("", "", "Chi lo ha scritto: Sportelli")], ""),
        ("Bisogno scritto", str(bruno), [], ""),
    ]


@pytest.mark.parametrize("quante", [1, 3])
def test_la_storia_in_interrogazioni_costanti(quante, bisogno, bollate, bruno, django_assert_num_queries):
    for _ in range(quante):
        bisogno._history_user = bruno
        bisogno.comuni.add(bollate)
        bisogno.comuni.clear()
        scrivi_evidenza(EvidenzaFactory.build(bisogno=bisogno, comune=bollate), autore=bruno)
    with django_assert_num_queries(8):
        storia_di(bisogno)
