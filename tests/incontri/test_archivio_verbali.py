"""What everybody reads of published minutes: public points and entries only, enti and roles, never a name."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import IncontroFactory, PuntoOdgFactory, RettificaFactory, VerbaleFactory, VoceFactory
from tests.incontri.pubblicati import SEGRETE, pubblica

ELENCO = "/tavolo/incontri/"


def trovati(client, **domanda):
    return [incontro.titolo for incontro in client.get(ELENCO, domanda).context["incontro_list"]]


def test_il_verbale_pubblicato_senza_niente_di_interno(client, db):
    incontro = pubblica()

    risposta = client.get(incontro.pagina_pubblica)

    assert risposta.status_code == 200
    assert risposta.context["pubblicato"].enti_presenti == ["Ente di «Incontro di marzo»"]
    assert [(p["titolo"], [v["testo"] for v in p["voci"]]) for p in risposta.context["dati"]["punti"]] == [
        ("Mediazione nelle scuole", ["Si apre *uno sportello*."])
    ]
    assert "Si apre <em>uno sportello</em>." in risposta.text
    assert [parola for parola in SEGRETE if parola in risposta.text] == []


@pytest.mark.parametrize("formato", ["pdf", "odt", "docx"])
def test_i_documenti_del_verbale_pubblicato(client, db, formato):
    incontro = pubblica()

    risposta = client.get(f"{incontro.pagina_pubblica}verbale.{formato}")

    inizi = {"pdf": b"%PDF-", "odt": b"PK", "docx": b"PK"}
    assert (risposta.status_code, risposta.content[: len(inizi[formato])]) == (200, inizi[formato])
    assert f"verbale-{incontro.slug}.{formato}" in risposta["Content-Disposition"]


def test_gli_allegati_pubblicati_si_scaricano_dalla_pagina(client, db):
    incontro = pubblica(con_allegato=True)
    scarica = reverse("archivio:allegato", args=[incontro.allegati.get().pk])

    pagina, file = client.get(incontro.pagina_pubblica), client.get(scarica)

    assert f'href="{scarica}"' in pagina.text
    assert (file.status_code, len(b"".join(file.streaming_content)) > 0) == (200, True)


@pytest.mark.parametrize("stato", ["bozza", "condiviso", "approvato"])
def test_prima_della_pubblicazione_non_c_e_niente(client, db, stato):
    adesso = timezone.now()
    incontro = IncontroFactory(pubblico=True, inizio=adesso, stato="svolto")
    approvato = {"approvato_il": adesso, "approvato_in": incontro} if stato == "approvato" else {}
    VoceFactory(punto=PuntoOdgFactory(incontro=incontro), testo="parola", pubblica=True)
    VerbaleFactory(incontro=incontro, stato=stato, **approvato)

    pagine = [incontro.pagina_pubblica, f"{incontro.pagina_pubblica}verbale.pdf"]
    assert [client.get(pagina).status_code for pagina in pagine] == [404, 404]
    assert trovati(client, q="parola") == []
    assert trovati(client) == [incontro.titolo]


MARZO, PRIMA = "Incontro di marzo", "Incontro dell'anno prima"


@pytest.mark.parametrize(
    ("domanda", "attesi"),
    [
        ({"q": "sportello"}, [MARZO, PRIMA]),
        ({"q": "SCUOLE marzo"}, [MARZO]),
        ({"q": "scuole mancante"}, []),
        ({"q": "riservata"}, []),
        ({"q": "nascosto"}, []),
        ({"anno": "2025"}, [PRIMA]),
        ({"anno": "2026", "q": "mediazione"}, [MARZO]),
        ({"anno": "duemila"}, [MARZO, PRIMA]),
    ],
)
def test_cercare_solo_in_cio_che_e_pubblico(client, db, domanda, attesi):
    pubblica(MARZO)
    pubblica(PRIMA, (2025, 3, 11))

    assert trovati(client, **domanda) == attesi


def test_un_verbale_pubblicato_sta_in_elenco_col_suo_collegamento(client, db):
    incontro = pubblica()

    testo = client.get(ELENCO).text

    assert f'href="{incontro.pagina_pubblica}"' in testo
    assert "Verbale pubblicato" in testo


def test_solo_le_rettifiche_approvate_e_pubbliche(client, db):
    incontro = pubblica()
    approvata = {
        "stato": "approvata",
        "approvata_in": incontro,
        "approvata_il": timezone.now(),
        "impronta": "0" * 64,
        "verbale": incontro.verbale,
    }
    RettificaFactory(numero=1, testo="Prima", **approvata)
    RettificaFactory(numero=2, testo="Seconda", pubblica=False, **approvata)
    RettificaFactory(testo="Terza", verbale=incontro.verbale)

    risposta = client.get(incontro.pagina_pubblica)

    assert [r.testo for r in risposta.context["pubblicato"].rettifiche] == ["Prima"]


@pytest.mark.parametrize("quante", [1, 3])
def test_query_costanti(client, db, django_assert_num_queries, quante):
    incontro = pubblica()
    for numero in range(quante):
        RettificaFactory(
            numero=numero + 1,
            verbale=incontro.verbale,
            stato="approvata",
            approvata_in=incontro,
            approvata_il=timezone.now(),
            impronta="0" * 64,
        )

    with django_assert_num_queries(7):
        client.get(incontro.pagina_pubblica)
