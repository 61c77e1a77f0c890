"""The rules of one row of needs, evidence, rounds, votes, coverage, proposals and practices."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from incontri.models import Bisogno, BuonaPrassi, Evidenza, Proposta, Rilevazione, Voto
from tavolo.base.stati import PassaggioNonPossibile, compi
from tests.factories import (
    BisognoFactory,
    BuonaPrassiFactory,
    CoperturaFactory,
    EvidenzaFactory,
    PropostaFactory,
    RilevazioneFactory,
    VoceFactory,
    VotoFactory,
)


@pytest.mark.parametrize(("valore", "atteso"), [(0, (0, False)), (1, (None, True)), (4, (None, True)), (5, (5, False))])
def test_meno_di_cinque_persone_non_si_conservano(db, valore, atteso):
    evidenza = EvidenzaFactory(valore=valore)
    evidenza.refresh_from_db()
    assert (evidenza.valore, evidenza.soppresso) == atteso
    assert Evidenza.storia.model.objects.filter(valore=valore).exists() is (atteso[0] is not None)


def test_una_misura_ha_un_valore_e_un_osservazione_no(db):
    EvidenzaFactory(tipo="opinione", valore=None, unita="")
    with pytest.raises(IntegrityError), transaction.atomic():
        EvidenzaFactory(tipo="opinione", valore=12)
    with pytest.raises(IntegrityError), transaction.atomic():
        EvidenzaFactory(valore=None)
    with pytest.raises(ValidationError):
        EvidenzaFactory.build(valore=-1, bisogno=BisognoFactory()).full_clean()


def test_un_bisogno_unito_non_cambia_stato(db, anna):
    uno, altro = BisognoFactory(titolo="Mediatori"), BisognoFactory()
    altro.unito_a = uno
    altro.save()
    with pytest.raises(PassaggioNonPossibile, match="È stato unito a «Mediatori»"):
        compi(altro, "analizza", autore=anna)
    assert list(Bisogno.objects.veri()) == [uno]


def test_si_risponde_a_un_bisogno_con_una_proposta(db, anna):
    bisogno = BisognoFactory(stato="in-analisi")
    with pytest.raises(PassaggioNonPossibile, match="collega una proposta"):
        compi(bisogno, "rispondi", autore=anna)
    PropostaFactory(bisogni=[bisogno])
    compi(bisogno, "rispondi", autore=anna)
    assert bisogno.stato == "in-risposta"


def test_e_pubblico_il_bisogno_di_una_rilevazione_pubblicata(db):
    bisogno, altro = BisognoFactory(), BisognoFactory()
    RilevazioneFactory(bisogni=[altro], stato="chiusa")
    rilevazione = RilevazioneFactory(bisogni=[bisogno])
    assert list(Bisogno.objects.pubblici()) == []
    rilevazione.stato, rilevazione.pubblicata_il, rilevazione.decisione = (
        "pubblicata",
        rilevazione.creato,
        VoceFactory(),
    )
    rilevazione.save()
    assert list(Bisogno.objects.pubblici()) == [bisogno]


@pytest.mark.parametrize(
    ("stato", "leggibili"),
    [
        ("bozza", []),
        ("primo-turno", []),
        ("fra-i-turni", [1]),
        ("secondo-turno", [1]),
        ("chiusa", [1, 2]),
    ],
)
def test_i_voti_si_leggono_a_turno_chiuso(db, stato, leggibili):
    rilevazione = RilevazioneFactory(stato=stato)
    for turno in (1, 2):
        VotoFactory(rilevazione=rilevazione, turno=turno)
    assert [voto.turno for voto in Voto.objects.leggibili()] == leggibili
    assert rilevazione.turni_leggibili == (max(leggibili, default=0))


@pytest.mark.parametrize("campi", [{"gravita": 6}, {"equita": 0}, {"turno": 3}])
def test_si_vota_da_uno_a_cinque(db, campi):
    with pytest.raises(IntegrityError), transaction.atomic():
        VotoFactory(**campi)
    assert not Voto.objects.exists()


def test_una_proposta_e_approvata_da_una_decisione(db, anna):
    proposta = PropostaFactory(bisogni=[BisognoFactory()])
    with pytest.raises(PassaggioNonPossibile, match="decisione"):
        compi(proposta, "approva", autore=anna)
    proposta.decisione = VoceFactory(tipo="decisione")
    proposta.save()
    compi(proposta, "approva", autore=anna)
    assert list(Proposta.objects.pubbliche()) == [proposta]


def test_la_copertura_di_un_ente_e_una_per_comune_e_servizio(db):
    una = CoperturaFactory(quota=Decimal("0.5"))
    with pytest.raises(IntegrityError), transaction.atomic():
        CoperturaFactory(bisogno=una.bisogno, ente=una.ente, comune=una.comune)
    with pytest.raises(IntegrityError), transaction.atomic():
        CoperturaFactory(quota=Decimal("0.3"))


def test_chi_legge_una_prassi(db, anna, bruno, senait, mira):
    sua = BuonaPrassiFactory(titolo="A", ente=bruno.ente)
    di_tutti = BuonaPrassiFactory(titolo="B", stato="pubblicata", pubblicata_il=sua.creato)
    attese = {anna: [sua, di_tutti], bruno: [sua, di_tutti], senait: [di_tutti], mira: [di_tutti]}
    for chi, quali in attese.items():
        assert list(BuonaPrassi.objects.visibili_a(chi)) == quali
        assert [p for p in (sua, di_tutti) if chi.has_perm("incontri.view_buonaprassi", p)] == quali


def test_chi_legge_una_rilevazione(db, anna, bruno, mira):
    bozza = RilevazioneFactory(titolo="A")
    aperta = RilevazioneFactory(titolo="B", stato="primo-turno", enti=[bruno.ente])
    for chi, quali in {anna: {bozza, aperta}, bruno: {aperta}, mira: set()}.items():
        assert set(Rilevazione.objects.visibili_a(chi)) == quali
        assert {r for r in (bozza, aperta) if chi.has_perm("incontri.view_rilevazione", r)} == quali
    assert [chi.has_perm("incontri.vota", aperta) for chi in (anna, bruno, mira)] == [False, True, False]
