"""The coverage matrix: what a cell says, and that it follows the services as they change."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import timezone

from incontri.models import Bisogno, Rilevazione
from incontri.priorita.copertura import StatoCella
from incontri.priorita.dati import Fabbisogno
from incontri.servizi.copertura.celle import matrice
from incontri.servizi.copertura.dati import fabbisogni, gravita
from incontri.servizi.copertura.nomi import NOMI, SPIEGAZIONI
from incontri.servizi.copertura.parole import perche, persone
from incontri.servizi.copertura.vicini import alternative, non_contate
from incontri.servizi.rilevazioni.turni import passa
from tavolo.base.stati import compi
from tests import factories as f

OGGI = timezone.localdate


def verificata(**campi):
    oggi = OGGI()
    return f.RisorsaFactory(verificata_il=oggi, verificare_entro=oggi + timedelta(days=90), **campi)


def cella(bisogno, comune, **altro):
    return matrice([bisogno], giorno=OGGI(), **altro).righe[0].cella(comune)


def valutato(bisogno, comune, *voti, stato="chiusa", **campi):
    """A round in which the enti called gave the comune these votes, closed as people close it unless it is still open."""
    aperta = stato == "primo-turno"
    rilevazione = f.RilevazioneFactory(bisogni=[bisogno], stato=stato if aperta else "fra-i-turni", **campi)
    for voto in voti:
        f.VotoComuneFactory(voto=f.VotoFactory(rilevazione=rilevazione, bisogno=bisogno), comune=comune, gravita=voto)
    if not aperta:
        passa(rilevazione, "chiudi", autore=None)
        decisa = {"decisione": f.VoceFactory(tipo="decisione"), "pubblicata_il": timezone.now()}
        Rilevazione.objects.filter(pk=rilevazione.pk).update(stato=stato, **(decisa if stato == "pubblicata" else {}))
    return rilevazione


@pytest.fixture
def salute(db):
    return f.CategoriaFactory(nome="Salute")


@pytest.fixture
def bisogno(salute):
    return f.BisognoFactory(titolo="Mediazione in consultorio", categorie=[salute])


def test_senza_risposte_e_grave_e_una_lacuna(bisogno, bollate, senago):
    valutato(bisogno, bollate, 4, 3)
    assert cella(bisogno, bollate).stato == StatoCella.LACUNA
    assert cella(bisogno, senago).stato == StatoCella.IGNOTO


def test_una_scheda_chiusa_o_non_piu_confermata_cambia_la_casella(bisogno, bollate, salute, anna):
    valutato(bisogno, bollate, 4)
    servizio = verificata(categorie=[salute], comuni=[bollate])
    assert cella(bisogno, bollate).stato == StatoCella.IGNOTO
    servizio.verificare_entro = OGGI() - timedelta(days=1)
    servizio.save()
    assert cella(bisogno, bollate).stato == StatoCella.LACUNA
    assert [risposta.risorsa for risposta in non_contate(bisogno, bollate)] == [servizio]
    servizio.verificare_entro = OGGI() + timedelta(days=30)
    servizio.save()
    assert [risposta.risorsa for risposta in cella(bisogno, bollate).servizi] == [servizio]
    assert non_contate(bisogno, bollate) == []
    compi(servizio, "sospendi", autore=anna)
    assert cella(bisogno, bollate).stato == StatoCella.LACUNA


def test_mai_confermata_non_ancora_cominciata_o_finita_non_si_conta(bisogno, bollate, salute):
    oggi = OGGI()
    f.RisorsaFactory(categorie=[salute], comuni=[bollate])
    verificata(categorie=[salute], comuni=[bollate], valida_dal=oggi + timedelta(days=1))
    verificata(categorie=[salute], comuni=[bollate], valida_al=oggi - timedelta(days=1))
    assert cella(bisogno, bollate).servizi == ()


def test_risponde_chi_parla_delle_stesse_cose_alle_stesse_persone(bisogno, bollate, salute):
    donne, bambini = f.DestinatariFactory(nome="Donne"), f.DestinatariFactory(nome="Bambini")
    tutti = f.DestinatariFactory(nome="Tutti", slug="tutti")
    bisogno.destinatari.add(donne)
    per_donne = verificata(nome="A", categorie=[salute], comuni=[bollate], destinatari=[donne])
    per_tutti = verificata(nome="B", categorie=[salute], comuni=[bollate], destinatari=[tutti])
    senza = verificata(nome="C", categorie=[salute], comuni=[bollate])
    verificata(nome="D", categorie=[salute], comuni=[bollate], destinatari=[bambini])
    verificata(nome="E", categorie=[f.CategoriaFactory()], comuni=[bollate], destinatari=[donne])
    collegata = verificata(nome="F", categorie=[f.CategoriaFactory()], comuni=[bollate], destinatari=[bambini])
    bisogno.risorse.add(collegata)
    trovate = cella(bisogno, bollate).servizi
    assert [risposta.risorsa for risposta in trovate] == [per_donne, per_tutti, senza, collegata]
    assert [risposta.collegata for risposta in trovate] == [False, False, False, True]


def test_dove_serve(bisogno, bollate, senago, salute):
    verificata(nome="Di Bollate", categorie=[salute], comuni=[bollate])
    verificata(nome="Dell'Ambito", categorie=[salute], area_servita="ambito")
    nazionale = verificata(nome="Nazionale", categorie=[salute], area_servita="nazionale")
    nomi = {c.slug: [r.risorsa.nome for r in cella(bisogno, c).servizi] for c in (bollate, senago)}
    assert nomi == {"bollate": ["Dell'Ambito", "Di Bollate"], "senago": ["Dell'Ambito"]}
    bisogno.risorse.add(nazionale)
    assert [r.risorsa.nome for r in cella(bisogno, senago).servizi] == ["Dell'Ambito", "Nazionale"]


def test_persone_raggiunte_su_persone_in_bisogno(bisogno, bollate):
    valutato(bisogno, bollate, 4)
    f.EvidenzaFactory(bisogno=bisogno, tipo="in-bisogno", comune=bollate, valore=100, riferimento="2024")
    f.EvidenzaFactory(bisogno=bisogno, tipo="in-bisogno", comune=bollate, valore=120, riferimento="2025-03")
    una = f.CoperturaFactory(bisogno=bisogno, comune=bollate, raggiunti=40)
    assert cella(bisogno, bollate).stato == StatoCella.SCOPERTO
    f.CoperturaFactory(bisogno=bisogno, comune=bollate, raggiunti=20)
    fatta = cella(bisogno, bollate)
    assert (fatta.stato, fatta.quota.valore, len(fatta.enti)) == (StatoCella.COPERTO, Fraction(1, 2), 2)
    assert perche(fatta)[2] == "Persone raggiunte in un anno: 60, su 120 che hanno il bisogno."
    assert fabbisogni([bisogno], [bollate]) == {bisogno.pk: (Fabbisogno("bollate", 120, 60, None),)}
    una.al = OGGI() - timedelta(days=1)
    una.save()
    assert cella(bisogno, bollate).stato == StatoCella.SCOPERTO


def test_la_quota_piu_alta_e_tre_enti(bisogno, bollate):
    for quota in ("0.25", "0.75", "1"):
        f.CoperturaFactory(bisogno=bisogno, comune=bollate, quota=Decimal(quota))
    fatta = cella(bisogno, bollate)
    assert (fatta.stato, fatta.quota.valore) == (StatoCella.SOVRAPPOSIZIONE, 1)
    assert perche(fatta)[2] == "È una stima, dichiarata dagli enti: raggiungono tutti."


def test_chi_dichiara_nessuno_non_risponde(bisogno, bollate):
    valutato(bisogno, bollate, 3)
    f.CoperturaFactory(bisogno=bisogno, comune=bollate, quota=Decimal("0"))
    assert cella(bisogno, bollate).stato == StatoCella.LACUNA


def test_una_dichiarazione_cade_con_il_suo_servizio(bisogno, bollate, anna):
    servizio = verificata(comuni=[bollate])
    f.CoperturaFactory(bisogno=bisogno, comune=bollate, risorsa=servizio, quota=Decimal("0.5"))
    assert cella(bisogno, bollate).stato == StatoCella.COPERTO
    compi(servizio, "sospendi", autore=anna)
    assert cella(bisogno, bollate).stato == StatoCella.IGNOTO


def test_le_unita_di_un_ente_sono_un_ente_solo(bisogno, bollate, salute):
    asst = f.EnteFactory(denominazione="ASST")
    for nome in ("Uno", "Due"):
        unita = f.EnteFactory(denominazione=nome, tipo="unita", padre=asst)
        verificata(ente=unita, categorie=[salute], comuni=[bollate])
    fatta = cella(bisogno, bollate)
    assert (len(fatta.servizi), fatta.enti) == (2, [asst])


def test_un_bisogno_di_altri_comuni_qui_non_e_segnalato(bisogno, bollate, senago):
    bisogno.comuni.add(senago)
    fatta = cella(bisogno, bollate)
    assert fatta.stato == StatoCella.NON_SEGNALATO
    assert perche(fatta)[0] == "Il bisogno è stato segnalato per altri comuni, non per questo."
    assert cella(bisogno, senago).stato == StatoCella.IGNOTO


def test_la_gravita_e_dell_ultima_rilevazione_che_si_legge(bisogno, bollate):
    chiave = (bisogno.pk, bollate.pk)
    valutato(bisogno, bollate, 5, 5)
    valutato(bisogno, bollate, 2, None, 3, titolo="Autunno")
    valutato(bisogno, bollate, 1, stato="primo-turno")
    trovata = gravita([bisogno], [bollate])[chiave]
    assert (trovata.valore, trovata.voti, trovata.rilevazione) == (Fraction(5, 2), 2, "Autunno")
    assert gravita([bisogno], [bollate], solo_pubblicate=True) == {}


def test_una_rilevazione_con_pochi_voti_non_nasconde_quella_di_molti(bisogno, bollate, senago):
    enti = f.EnteFactory.create_batch(4)
    valutato(bisogno, bollate, 5, 5, 4, titolo="Primavera", stato="pubblicata")
    valutato(bisogno, bollate, 1, titolo="Autunno", stato="pubblicata", enti=enti)
    valutato(f.BisognoFactory(), bollate, 1, titolo="Altri bisogni", stato="pubblicata")
    valutato(bisogno, senago, 2, 2, titolo="Solo a Senago", stato="pubblicata")

    trovate = gravita([bisogno], [bollate, senago])
    assert {chiave[1]: (g.valore, g.rilevazione) for chiave, g in trovate.items()} == {
        bollate.pk: (5, "Primavera"),
        senago.pk: (2, "Solo a Senago"),
    }
    assert {
        chiave[1]: g.rilevazione for chiave, g in gravita([bisogno], [bollate, senago], solo_pubblicate=True).items()
    } == {bollate.pk: "Primavera"}


def test_meno_di_cinque_non_si_legge_nemmeno_per_differenza(bisogno, bollate):
    assert [persone(quante) for quante in (None, 0, 1, 4, 5, 1200)] == [
        "",
        "0",
        "meno di cinque",
        "meno di cinque",
        "5",
        "1.200",
    ]
    f.EvidenzaFactory(bisogno=bisogno, tipo="in-bisogno", comune=bollate, valore=120)
    f.CoperturaFactory(bisogno=bisogno, comune=bollate, raggiunti=3)
    assert (
        perche(cella(bisogno, bollate))[2]
        == "Persone raggiunte in un anno: meno di cinque, su 120 che hanno il bisogno."
    )
    f.CoperturaFactory(bisogno=bisogno, comune=bollate, raggiunti=57)
    assert (
        perche(cella(bisogno, bollate))[2]
        == "Persone raggiunte in un anno: almeno la metà, su 120 che hanno il bisogno."
    )


def test_l_alternativa_piu_vicina(bisogno, bollate, salute):
    vicino = f.ComuneFactory(nome="Vicino", latitudine="45.56000")
    lontano = f.ComuneFactory(nome="Lontano", latitudine="45.60000")
    ignoto = f.ComuneFactory(nome="Ignoto", latitudine=None, longitudine=None)
    for nome, comune in (("A", lontano), ("B", vicino), ("C", ignoto)):
        verificata(nome=nome, categorie=[salute], comuni=[comune])
    con_sede = verificata(nome="D", categorie=[salute], comuni=[lontano])
    sede = f.SedeFactory(ente=con_sede.ente, comune=lontano, latitudine="45.55500", longitudine="9.11000")
    f.RisorsaInSedeFactory(risorsa=con_sede, sede=sede)
    riga = matrice([bisogno], giorno=OGGI()).righe[0]
    trovate = alternative(riga.cella(bollate), riga.risposte, quante=4)
    assert [(una.risposta.risorsa.nome, una.comune.nome, una.chilometri) for una in trovate] == [
        ("D", "Lontano", 1),
        ("B", "Vicino", 1),
        ("A", "Lontano", 6),
        ("C", "Ignoto", None),
    ]


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_domande_al_database_non_crescono(bisogno, bollate, senago, salute, quanti, django_assert_num_queries):
    for _ in range(quanti - 1):
        f.BisognoFactory(categorie=[salute], comuni=[senago])
    for uno in Bisogno.objects.all():
        valutato(uno, bollate, 4)
        f.EvidenzaFactory(bisogno=uno, tipo="in-bisogno", comune=bollate)
        f.CoperturaFactory(bisogno=uno, comune=bollate, raggiunti=50, risorsa=verificata(comuni=[bollate]))
        verificata(categorie=[salute], comuni=[bollate])
    with django_assert_num_queries(13):
        fatta = matrice(Bisogno.objects.vivi().select_related("tema"), giorno=OGGI())
        detto = [perche(casella) for riga in fatta.righe for casella in riga.celle]
    assert len(detto) == quanti * 2


def test_i_nomi_della_legenda_sono_quelli_del_metodo():
    assert {stato: str(nome) for stato, nome in NOMI.items()} == {s: s.etichetta for s in StatoCella}
    assert {stato: str(frase) for stato, frase in SPIEGAZIONI.items()} == {s: s.spiegazione for s in StatoCella}
