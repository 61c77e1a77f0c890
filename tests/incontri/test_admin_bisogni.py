"""Needs and evidence in the back office: tables in and out, states, what a merged need allows."""

import pytest
import tablib
from django.urls import reverse

from incontri.models import Bisogno, Evidenza
from incontri.tracciati.bisogni import TracciatoBisogno, TracciatoEvidenza, TracciatoOrigineBisogno
from tests.factories import (
    BisognoFactory,
    CategoriaFactory,
    EvidenzaFactory,
    OrigineBisognoFactory,
    PropostaFactory,
    TemaFactory,
)

pytestmark = pytest.mark.django_db


def importa(tracciato, *righe, **opzioni):
    dati = tablib.Dataset(headers=list(righe[0]))
    for riga in righe:
        dati.append([riga[colonna] for colonna in righe[0]])
    return tracciato().import_data(dati, **opzioni)


def test_i_bisogni_escono_e_rientrano_uguali(bollate, anna):
    bisogno = BisognoFactory(titolo="Tardi", comuni=[bollate], categorie=[CategoriaFactory(slug="salute")])
    BisognoFactory(titolo="Doppio", unito_a=bisogno)
    fuori = TracciatoBisogno().export()
    righe = {riga["slug"]: riga for riga in fuori.dict}
    assert (righe["tardi"]["comuni"], righe["tardi"]["unito_a"], righe["doppio"]["unito_a"]) == ("bollate", "", "tardi")
    esito = TracciatoBisogno().import_data(fuori, user=anna)
    assert (esito.errori, esito.invariate) == ([], 2)


def test_lo_stato_si_importa_solo_per_i_nuovi_e_lascia_la_storia(anna):
    TemaFactory(slug="mediazione")
    riga = {"slug": "tardi", "titolo": "Tardi", "tema": "mediazione", "stato": "prioritario", "unito_a": "tardi"}
    importa(TracciatoBisogno, riga, user=anna)
    importa(TracciatoBisogno, riga | {"titolo": "Troppo tardi", "stato": "superato"}, user=anna)
    bisogno = Bisogno.objects.get()
    assert (bisogno.titolo, bisogno.stato, bisogno.unito_a) == ("Troppo tardi", "prioritario", None)
    assert [r.titolo for r in bisogno.storia.all()] == ["Troppo tardi", "Tardi"]


def test_un_conto_sotto_cinque_entra_senza_il_numero(anna):
    BisognoFactory(slug="tardi")
    riga = {"bisogno": "tardi", "tipo": "in-bisogno", "testo": "Casi", "valore": "3", "unita": "persone", "comune": ""}
    esito = importa(TracciatoEvidenza, riga | {"riferimento": "2026", "fonte": "ASST"}, user=anna)
    assert esito.errori == []
    evidenza = Evidenza.objects.get()
    assert (evidenza.valore, evidenza.soppresso) == (None, True)
    assert [r.valore for r in evidenza.storia.all()] == [None]
    esito = TracciatoEvidenza().import_data(TracciatoEvidenza().export(), user=anna)
    assert (esito.errori, esito.invariate) == ([], 1)


def test_le_origini_escono_soltanto(come, anna):
    OrigineBisognoFactory(nota="Sportelli")
    assert TracciatoOrigineBisogno().export().dict[0]["nota"] == "Sportelli"
    assert come(anna).get(reverse("admin:incontri_originebisogno_changelist")).status_code == 200


def test_gli_stati_in_blocco(come, anna):
    uno, due = BisognoFactory(stato="in-analisi"), BisognoFactory(titolo="Senza proposta", stato="in-analisi")
    PropostaFactory(bisogni=[uno])
    scelti = {"action": "rispondi", "_selected_action": [uno.pk, due.pk]}
    risposta = come(anna).post(reverse("admin:incontri_bisogno_changelist"), scelti, follow=True)
    assert [str(m) for m in risposta.context["messages"]] == [
        "Segna in risposta: fatto per 1.",
        "«Senza proposta»: Prima collega una proposta che risponde a questo bisogno.",
    ]


def test_uno_unito_si_legge_soltanto(come, superutente):
    unito = BisognoFactory(unito_a=BisognoFactory())
    dove = reverse("admin:incontri_bisogno_change", args=[unito.pk])
    assert come(superutente).get(dove).status_code == 200
    assert come(superutente).post(dove, {"titolo": "Altro"}).status_code == 403


@pytest.mark.parametrize("quanti", [1, 3])
@pytest.mark.parametrize(("nome", "query"), [("bisogno", 9), ("evidenza", 8)])
def test_elenchi_in_interrogazioni_costanti(nome, query, quanti, come, anna, bollate, django_assert_num_queries):
    for _ in range(quanti):
        EvidenzaFactory(comune=bollate)
    cliente = come(anna)
    dove = reverse(f"admin:incontri_{nome}_changelist")
    cliente.get(dove)
    with django_assert_num_queries(query):
        cliente.get(dove)
