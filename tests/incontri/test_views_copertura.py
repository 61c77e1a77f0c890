"""The pages of the coverage matrix: reserved and public, table, cell, figure, files."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from incontri.models import Rilevazione
from tests import factories as f
from tests.incontri.test_copertura_celle import valutato, verificata

MATRICE, FIGURA, SVG, CSV = (reverse(f"bisogni:copertura{nome}") for nome in ("", "-figura", "-svg", "-csv"))
PUBBLICA = reverse("lavoro:copertura")


def parole(risposta):
    return " ".join(risposta.content.decode().split())


def stati(risposta):
    return {
        (riga.bisogno.titolo, cella.comune.slug): cella.stato.value
        for riga in risposta.context["matrice"].righe
        for cella in riga.celle
    }


@pytest.fixture
def salute(db):
    return f.TemaFactory(nome="Salute")


@pytest.fixture
def mediazione(salute, bollate):
    bisogno = f.BisognoFactory(titolo="Mediazione", tema=salute, categorie=[f.CategoriaFactory(nome="Salute")])
    valutato(bisogno, bollate, 4, 4, 4, stato="pubblicata", pubblicata_il=timezone.now(), decisione=f.VoceFactory())
    return bisogno


def test_la_matrice_dice_lo_stato_di_ogni_casella(mediazione, bollate, senago, come, mira):
    f.BisognoFactory(titolo="Superato", stato="superato")
    risposta = come(mira).get(MATRICE)
    assert stati(risposta) == {("Mediazione", "bollate"): "lacuna", ("Mediazione", "senago"): "ignoto"}
    assert "Dichiara che cosa fate" not in parole(risposta)


@pytest.mark.parametrize(
    ("filtri", "attesi"),
    [
        ({}, ["Italiano", "Mediazione"]),
        ({"tema": "salute"}, ["Mediazione"]),
        ({"casella": "lacuna"}, ["Mediazione"]),
        ({"casella": "coperto"}, []),
        ({"stato": "in-analisi"}, ["Italiano"]),
        ({"tema": "x", "casella": "y", "stato": "z"}, ["Italiano", "Mediazione"]),
    ],
)
def test_filtri(mediazione, come, bruno, filtri, attesi):
    f.BisognoFactory(titolo="Italiano", stato="in-analisi", tema=f.TemaFactory(nome="Scuola"))
    cliente = come(bruno)
    assert sorted(riga.bisogno.titolo for riga in cliente.get(MATRICE, filtri).context["matrice"].righe) == attesi
    righe = cliente.get(CSV, filtri).content.decode("utf-8-sig").splitlines()[1:]
    assert sorted({riga.split(",")[0] for riga in righe}) == attesi


@pytest.mark.parametrize("quanti", [1, 3])
def test_domande_costanti(mediazione, bollate, come, bruno, quanti, django_assert_num_queries):
    verificata(categorie=mediazione.categorie.all(), comuni=[bollate])
    for numero in range(quanti - 1):
        altro = f.BisognoFactory(titolo=f"Altro {numero}", categorie=mediazione.categorie.all())
        f.CoperturaFactory(bisogno=altro, comune=bollate, quota="0.5")
        verificata(categorie=mediazione.categorie.all(), comuni=[bollate])
    cliente = come(bruno)
    with django_assert_num_queries(21):
        assert cliente.get(MATRICE).status_code == 200


def test_chi_legge_vede_solo_i_bisogni_pubblicati_e_la_loro_gravita(mediazione, bollate, client):
    f.BisognoFactory(titolo="Riservato")
    valutato(mediazione, bollate, 1)  # closed, not published
    assert stati(client.get(PUBBLICA)) == {("Mediazione", "bollate"): "lacuna"}
    cella = reverse("lavoro:copertura-cella", args=[mediazione.slug, "bollate"])
    assert "grave: 4 su 5" in parole(client.get(cella))
    Rilevazione.objects.filter(stato="pubblicata").get().delete()
    assert (client.get(cella).status_code, stati(client.get(PUBBLICA))) == (404, {})


def test_la_pagina_di_una_casella(mediazione, bollate, senago, come, bruno, client):
    servizio = verificata(nome="Sportello", categorie=mediazione.categorie.all(), comuni=[bollate])
    verificata(nome="Lontano", categorie=mediazione.categorie.all(), comuni=[senago])
    f.RisorsaFactory(nome="Vecchio", categorie=mediazione.categorie.all(), comuni=[bollate])
    f.CoperturaFactory(
        bisogno=mediazione, comune=bollate, ente=bruno.ente, raggiunti=3, capienza=12, nota="Solo noi", risorsa=servizio
    )
    pagina = parole(come(bruno).get(reverse("bisogni:copertura-cella", args=[mediazione.pk, "bollate"])))
    for detto in ("Sportello", "Lontano", "Vecchio", "meno di cinque", "12", "Solo noi", "Dichiara che cosa fate qui"):
        assert detto in pagina, detto
    client.logout()
    pubblica = parole(client.get(reverse("lavoro:copertura-cella", args=[mediazione.slug, "bollate"])))
    assert ("meno di cinque" in pubblica, "Solo noi" in pubblica, "Correggi" in pubblica) == (True, False, False)


def test_una_casella_che_non_c_e(mediazione, come, bruno):
    altrove = f.ComuneFactory(nome="Rho", nell_ambito=False)
    assert come(bruno).get(reverse("bisogni:copertura-cella", args=[mediazione.pk, altrove.slug])).status_code == 404


def test_la_figura_e_il_suo_file(mediazione, come, bruno):
    cliente = come(bruno)
    assert "Mediazione – lacuna: Bollate." in parole(cliente.get(FIGURA))
    risposta = cliente.get(SVG)
    assert risposta["Content-Type"] == "image/svg+xml"
    assert f"copertura-{timezone.localdate():%Y-%m-%d}.svg" in risposta["Content-Disposition"]
    assert "Mediazione – lacuna: Bollate." in risposta.content.decode()


def test_la_tabella_non_dice_i_numeri_piccoli(mediazione, bollate, come, bruno):
    f.EvidenzaFactory(bisogno=mediazione, tipo="in-bisogno", comune=bollate, valore=120)
    f.CoperturaFactory(bisogno=mediazione, comune=bollate, ente=bruno.ente, raggiunti=3)
    riga = come(bruno).get(CSV).content.decode("utf-8-sig").splitlines()[1]
    oggi = timezone.localdate().isoformat()
    assert riga == f"Mediazione,Salute,Bollate,Scoperto,4.0,1,Comune di Bollate,,120,meno di cinque,,contato,{oggi}"


def test_la_riga_sta_nella_pagina_del_bisogno(mediazione, bollate, come, bruno, client):
    assert "Lacuna" in parole(client.get(mediazione.pagina_pubblica))
    verificata(categorie=mediazione.categorie.all(), comuni=[bollate], valida_al=timezone.localdate() + timedelta(1))
    assert "Non si sa" in parole(come(bruno).get(mediazione.get_absolute_url()))


def test_al_pubblico_non_si_dice_la_gravita_detta_da_meno_di_tre(salute, bollate, client, come, bruno):
    bisogno = f.BisognoFactory(titolo="Due voti", tema=salute)
    valutato(bisogno, bollate, 5, 4, stato="pubblicata", pubblicata_il=timezone.now(), decisione=f.VoceFactory())
    assert stati(client.get(PUBBLICA)) == {("Due voti", "bollate"): "ignoto"}
    assert stati(come(bruno).get(MATRICE)) == {("Due voti", "bollate"): "lacuna"}
