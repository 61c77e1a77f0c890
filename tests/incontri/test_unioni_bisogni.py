"""Two needs that are one: what moves, what stays, how it is taken back."""

import pytest

from incontri.servizi.bisogni.nascita import BisognoNonPossibile
from incontri.servizi.bisogni.storia import storia_di
from incontri.servizi.bisogni.unioni import capo, separa_bisogni, unisci_bisogni
from tests.factories import (
    BisognoFactory,
    BuonaPrassiFactory,
    CategoriaFactory,
    CoperturaFactory,
    EvidenzaFactory,
    OrigineBisognoFactory,
    PropostaFactory,
    RilevazioneFactory,
    VoceFactory,
    VotoFactory,
)


@pytest.fixture
def due(db, bollate):
    resta = BisognoFactory(titolo="Mediazione attivata tardi", comuni=[bollate])
    doppio = BisognoFactory(titolo="La mediazione arriva in ritardo")
    return doppio, resta


def test_evidenze_origini_e_coperture_passano_a_quello_che_resta(due, anna):
    doppio, resta = due
    evidenza, origine = EvidenzaFactory(bisogno=doppio), OrigineBisognoFactory(bisogno=doppio)
    copertura, proposta = CoperturaFactory(bisogno=doppio), PropostaFactory(bisogni=[doppio])
    unisci_bisogni(doppio, a=resta, autore=anna, motivo="Le stesse famiglie")
    for riga in (doppio, evidenza, origine, copertura):
        riga.refresh_from_db()
    assert doppio.unito_a == resta
    assert (evidenza.bisogno, origine.bisogno, origine.portata_da, copertura.bisogno) == (resta, resta, doppio, resta)
    assert set(proposta.bisogni.all()) == {doppio, resta}
    assert [f.motivo for f in storia_di(doppio) if f.motivo] == ["Le stesse famiglie"]
    assert [f.motivo for f in storia_di(resta) if f.motivo] == ["Unito qui «La mediazione arriva in ritardo»"]
    assert {riga.history_user for riga in (evidenza.storia.first(), origine.storia.first())} == {anna}


def test_la_stessa_voce_resta_una_volta_sola(due, anna):
    doppio, resta = due
    voce = VoceFactory()
    for bisogno in due:
        OrigineBisognoFactory(bisogno=bisogno, tipo="verbale", voce=voce)
    unisci_bisogni(doppio, a=resta, autore=anna)
    assert (doppio.origini.count(), resta.origini.count()) == (1, 1)


def test_due_coperture_dello_stesso_ente_non_si_sommano(due, anna):
    doppio, resta = due
    qui = CoperturaFactory(bisogno=resta)
    CoperturaFactory(bisogno=doppio, ente=qui.ente, comune=qui.comune)
    unisci_bisogni(doppio, a=resta, autore=anna)
    assert (doppio.coperture.count(), resta.coperture.count()) == (1, 1)


@pytest.mark.parametrize(("del_doppio", "attesi"), [([], ["Bollate"]), (["senago"], ["Bollate", "Senago"])])
def test_dove_si_aggiunge_e_un_doppio_senza_comuni_non_allarga(due, del_doppio, attesi, anna, request):
    doppio, resta = due
    doppio.comuni.set([request.getfixturevalue(nome) for nome in del_doppio])
    doppio.categorie.add(categoria := CategoriaFactory())
    unisci_bisogni(doppio, a=resta, autore=anna)
    assert sorted(c.nome for c in resta.comuni.all()) == attesi
    assert list(resta.categorie.all()) == [categoria]


def test_senza_chiederlo_le_liste_restano_comerano(due, bollate, anna):
    doppio, resta = due
    doppio.categorie.add(CategoriaFactory())
    unisci_bisogni(doppio, a=resta, autore=anna, anche_insiemi=False)
    assert (list(resta.comuni.all()), list(resta.categorie.all())) == ([bollate], [])


def test_i_voti_restano_al_doppio_e_la_rilevazione_in_preparazione_chiede_dellaltro(due, anna):
    doppio, resta = due
    chiusa = RilevazioneFactory(stato="chiusa", bisogni=[doppio])
    voto = VotoFactory(rilevazione=chiusa, bisogno=doppio)
    solo_doppio, tutti_e_due = RilevazioneFactory(bisogni=[doppio]), RilevazioneFactory(bisogni=[doppio, resta])
    unisci_bisogni(doppio, a=resta, autore=anna)
    voto.refresh_from_db()
    assert voto.bisogno == doppio
    assert [list(r.bisogni.all()) for r in (chiusa, solo_doppio, tutti_e_due)] == [[doppio], [resta], [resta]]


@pytest.mark.parametrize("stato", ["primo-turno", "fra-i-turni", "secondo-turno"])
def test_mentre_si_vota_non_si_unisce(stato, due, anna):
    doppio, resta = due
    RilevazioneFactory(titolo="Autunno", stato=stato, bisogni=[doppio])
    with pytest.raises(BisognoNonPossibile, match="nella votazione «Autunno»"):
        unisci_bisogni(doppio, a=resta, autore=anna)


def test_non_si_unisce_a_se_stesso_ne_a_chi_e_gia_unito(due, anna):
    doppio, resta = due
    with pytest.raises(BisognoNonPossibile, match="sé stesso"):
        unisci_bisogni(doppio, a=doppio, autore=anna)
    unisci_bisogni(doppio, a=resta, autore=anna)
    with pytest.raises(BisognoNonPossibile, match="già stato unito"):
        unisci_bisogni(doppio, a=resta, autore=anna)
    with pytest.raises(BisognoNonPossibile, match="già stato unito"):
        unisci_bisogni(resta, a=doppio, autore=anna)


def test_separare_riporta_le_sue_cose_e_lascia_le_altre(due, anna, bruno):
    doppio, resta = due
    sua, altrui = EvidenzaFactory(bisogno=doppio), EvidenzaFactory(bisogno=resta)
    origine, copertura = OrigineBisognoFactory(bisogno=doppio), CoperturaFactory(bisogno=doppio)
    unisci_bisogni(doppio, a=resta, autore=anna)
    nuova = EvidenzaFactory(bisogno=resta)
    separa_bisogni(doppio, autore=bruno, motivo="Sono famiglie diverse")
    doppio.refresh_from_db()
    assert doppio.unito_a is None
    assert (list(doppio.evidenze.all()), set(resta.evidenze.all())) == ([sua], {altrui, nuova})
    assert (list(doppio.origini.all()), list(doppio.coperture.all())) == ([origine], [copertura])
    assert doppio.origini.get().portata_da is None
    assert [f.motivo for f in storia_di(doppio) if f.motivo] == ["Sono famiglie diverse"]
    with pytest.raises(BisognoNonPossibile, match="non è unito"):
        separa_bisogni(doppio, autore=bruno)


def test_chi_e_gia_di_tutto_l_ambito_lo_resta(due, bollate, anna):
    doppio, resta = due
    doppio.comuni.set([bollate])
    resta.comuni.clear()
    unisci_bisogni(doppio, a=resta, autore=anna)
    assert list(resta.comuni.all()) == []


def test_separare_toglie_quello_che_l_unione_aveva_aggiunto(due, bollate, senago, anna, bruno):
    doppio, resta = due
    terzo = BisognoFactory(titolo="Un altro doppio")
    sua, di_tutti_e_due, di_un_altro = CategoriaFactory(), CategoriaFactory(), CategoriaFactory()
    doppio.comuni.set([senago])
    doppio.categorie.set([sua, di_tutti_e_due, di_un_altro])
    resta.categorie.set([di_tutti_e_due])
    terzo.categorie.set([di_un_altro])
    proposta, comune = PropostaFactory(bisogni=[doppio]), PropostaFactory(bisogni=[doppio, resta])
    prassi = BuonaPrassiFactory(bisogni=[doppio])
    unisci_bisogni(doppio, a=resta, autore=anna)
    unisci_bisogni(terzo, a=resta, autore=anna)
    assert set(resta.categorie.all()) == {sua, di_tutti_e_due, di_un_altro}

    separa_bisogni(doppio, autore=bruno)

    assert (list(resta.comuni.all()), set(resta.categorie.all())) == ([bollate], {di_tutti_e_due, di_un_altro})
    assert [set(riga.bisogni.all()) for riga in (proposta, comune, prassi)] == [{doppio}, {doppio, resta}, {doppio}]
    doppio.refresh_from_db()
    assert (list(doppio.comuni.all()), doppio.portati) == ([senago], {})


def test_unioni_in_fila_si_separano_dallultima(due, anna):
    doppio, resta = due
    origine = OrigineBisognoFactory(bisogno=doppio)
    ultimo = BisognoFactory(titolo="Ultimo")
    unisci_bisogni(doppio, a=resta, autore=anna)
    unisci_bisogni(resta, a=ultimo, autore=anna)
    doppio.refresh_from_db()
    assert capo(doppio) == ultimo
    with pytest.raises(BisognoNonPossibile, match="prima si separa quello"):
        separa_bisogni(doppio, autore=anna)
    separa_bisogni(resta, autore=anna)
    origine.refresh_from_db()
    assert (origine.bisogno, origine.portata_da) == (resta, doppio)
    separa_bisogni(doppio, autore=anna)
    origine.refresh_from_db()
    assert (origine.bisogno, origine.portata_da) == (doppio, None)
