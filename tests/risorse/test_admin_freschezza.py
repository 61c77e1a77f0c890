"""Freshness in the back office: lists, bulk confirmations, the share in term by ente."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from risorse.models import Risorsa, Verifica
from risorse.servizi.freschezza import Quota, in_tutto, quote_per_ente
from risorse.servizi.verifiche import conferma_risorsa
from tests.factories import EnteFactory, RisorsaFactory

pytestmark = pytest.mark.django_db
ELENCO = reverse("admin:risorse_risorsa_changelist")
PAGINA = reverse("admin:risorse_risorsa_freschezza")
OGGI = timezone.localdate()


@pytest.fixture(autouse=True)
def giorni(settings):
    settings.GIORNI_PROMEMORIA, settings.GIORNI_NASCOSTA = 14, 60


def scade_fra(giorni, **campi):
    return RisorsaFactory(verificare_entro=OGGI + timedelta(days=giorni), **campi)


def test_l_elenco_si_filtra_per_freschezza(anna, come):
    for giorni, nome in [(100, "Fresca"), (3, "Quasi"), (-3, "Scaduta"), (-90, "Nascosta")]:
        scade_fra(giorni, nome=nome)
    scade_fra(-3, nome="Sospesa", stato="sospesa")
    scade_fra(-3, nome="Esempio", esempio=True)
    filtri = ("in-termine", "in-scadenza", "scaduta", "nascosta")
    cliente = come(anna)
    elenchi = {f: [r.nome for r in cliente.get(ELENCO, {"freschezza": f}).context["cl"].result_list] for f in filtri}
    assert elenchi == {
        "in-termine": ["Fresca"],
        "in-scadenza": ["Quasi"],
        "scaduta": ["Scaduta"],
        "nascosta": ["Nascosta"],
    }
    assert cliente.get(ELENCO, {"freschezza": "boh"}).context["cl"].result_count == 6
    entro = f"{OGGI - timedelta(days=3):%d/%m/%Y} <strong>Scaduta</strong>"
    assert entro in cliente.get(ELENCO, {"freschezza": "scaduta"}).text


@pytest.mark.parametrize(("azione", "modo"), [("verificate_telefono", "telefono"), ("verificate_fonte", "fonte")])
def test_in_blocco_dice_quante_e_perche_le_altre_no(anna, come, azione, modo):
    scaduta, archiviata = scade_fra(-3), scade_fra(-3, nome="Archiviata", stato="archiviata")
    scelti = {"action": azione, "_selected_action": [scaduta.pk, archiviata.pk]}
    risposta = come(anna).post(ELENCO, scelti, follow=True)
    assert sorted(str(m) for m in risposta.context["messages"]) == [
        "Schede verificate: 1.",
        "«Archiviata»: La scheda è archiviata: non c'è più niente da confermare.",
    ]
    assert list(Verifica.objects.values_list("risorsa", "modo", "autore")) == [(scaduta.pk, modo, anna.pk)]
    assert Risorsa.objects.get(pk=scaduta.pk).verificata_il == OGGI


def test_le_quote_per_ente_e_in_tutto(comune_di_bollate, comune_di_senago):
    for giorni in (100, 3, -3):
        scade_fra(giorni, ente=comune_di_bollate)
    conferma_risorsa(Risorsa.objects.get(verificare_entro=OGGI + timedelta(days=100)), autore=None, modo="link")
    scade_fra(-90, ente=comune_di_senago)
    scade_fra(1, ente=comune_di_senago, stato="bozza")

    quote = quote_per_ente()

    nomi = ("ente", "schede", "in_termine", "in_scadenza", "scadute", "nascoste", "mai_verificate", "percento")
    assert [tuple(getattr(q, n) for n in nomi) for q in (*quote, in_tutto(quote))] == [
        ("Comune di Senago", 1, 0, 0, 0, 1, 1, 0),
        ("Comune di Bollate", 3, 2, 1, 1, 0, 2, 67),
        ("", 4, 2, 1, 1, 1, 3, 50),
    ]


@pytest.mark.parametrize(
    ("in_termine", "schede", "percento"),
    [(2, 3, 67), (1, 3, 33), (1, 8, 13), (199, 200, 99), (999, 1000, 99), (1, 1000, 1), (0, 5, 0), (5, 5, 100)],
)
def test_il_cento_e_lo_zero_sono_solo_quelli_veri(in_termine, schede, percento):
    quota = Quota("", "", schede, in_termine, 0, schede - in_termine, 0, 0)
    assert quota.percento == percento


@pytest.mark.parametrize("enti", [1, 30])
def test_una_domanda_sola(enti, django_assert_num_queries):
    for _ in range(enti):
        scade_fra(-3, ente=EnteFactory())
    with django_assert_num_queries(1):
        assert len(quote_per_ente()) == enti


def test_la_pagina_delle_quote(anna, come, comune_di_bollate):
    cliente = come(anna)
    assert "Non c'è ancora nessuna scheda pubblicata" in cliente.get(PAGINA).text
    scade_fra(-3, ente=comune_di_bollate)
    testo = cliente.get(PAGINA).text
    assert f'href="{ELENCO}?ente__uuid__exact={comune_di_bollate.pk}&amp;stato__exact=pubblicata"' in testo
    assert "Schede in termine: 0 su 1 (0%)" in testo
    assert f'href="{PAGINA}"' in cliente.get(reverse("admin:index")).text


def test_le_quote_portano_a_elenchi_della_stessa_lunghezza(anna, come, comune_di_bollate):
    for giorni in (3, -3, -90):
        scade_fra(giorni, ente=comune_di_bollate)
    cliente = come(anna)
    quota = cliente.get(PAGINA).context["quote"][0]
    dove = {"ente__uuid__exact": quota.chiave, "stato__exact": "pubblicata"}
    assert cliente.get(ELENCO, dove).context["cl"].result_count == quota.schede == 3


def test_le_verifiche_si_leggono_e_si_esportano(anna, come, superutente):
    conferma_risorsa(RisorsaFactory(nome="Sportello"), autore=anna, modo="telefono", nota="Ha risposto l'ufficio")
    verifica = Verifica.objects.get()
    for chi in (anna, superutente):
        cliente = come(chi)
        assert "Sportello" in cliente.get(reverse("admin:risorse_verifica_changelist")).text
        assert cliente.post(reverse("admin:risorse_verifica_change", args=[verifica.pk]), {}).status_code == 403
    righe = cliente.post(reverse("admin:risorse_verifica_export"), {"format": "0"}).content.decode("utf-8-sig")
    assert righe.splitlines() == [
        "risorsa,giorno,modo,nota",
        f"sportello,{OGGI:%Y-%m-%d},telefono,Ha risposto l'ufficio",
    ]
