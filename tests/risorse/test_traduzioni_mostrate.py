"""Content in the language asked: translations where they are up to date, the Italian, marked, where they are not."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from risorse.models import Risorsa, Traduzione
from risorse.models.termini import nome_di_lingua
from risorse.servizi.traduzioni import traduci, traducibili
from tests.factories import (
    CategoriaFactory,
    ContattoFactory,
    DestinatariFactory,
    DocumentoRichiestoFactory,
    LinguaFactory,
    LinguaParlataFactory,
    ModalitaAccessoFactory,
    RisorsaFactory,
    RisorsaInSedeFactory,
    SedeFactory,
    TraduzioneFactory,
)

pytestmark = pytest.mark.django_db


def tradotto(oggetto, lingua="en", **campi):
    """Translate fields of a row: `testo EN`."""
    for campo, testo in campi.items():
        TraduzioneFactory(oggetto=oggetto, campo=campo, lingua=lingua, testo=testo)
    return oggetto


@pytest.fixture
def sportello(bollate):
    """A published card with a text of every kind, each translated into English."""
    salute = tradotto(CategoriaFactory(nome="Salute", slug="salute"), nome="Health", descrizione="Doctor.")
    risorsa = RisorsaFactory(
        nome="Sportello salute",
        in_breve="Aiuto",
        descrizione="Testo lungo",
        requisiti="Abitare qui",
        costo_nota="Gratis sempre",
        categorie=[salute],
        destinatari=[tradotto(DestinatariFactory(nome="Donne", slug="donne"), nome="Women")],
        comuni=[bollate],
    )
    risorsa.modalita.add(tradotto(ModalitaAccessoFactory(nome="Per telefono"), nome="By telephone"))
    risorsa.documenti.add(tradotto(DocumentoRichiestoFactory(nome="Passaporto"), nome="Passport"))
    arabo = LinguaFactory(nome="Arabo", codice="ar", nome_proprio="العربية")
    tradotto(LinguaParlataFactory(risorsa=risorsa, lingua=arabo, quando="il lunedì"), quando="on Mondays")
    sede = tradotto(
        SedeFactory(nome="Villa", comune=bollate, accessibilita_nota="Rampa"), nome="Mansion", accessibilita_nota="Ramp"
    )
    tradotto(RisorsaInSedeFactory(risorsa=risorsa, sede=sede, nota="primo piano"), nota="first floor")
    tradotto(ContattoFactory(ente=None, risorsa=risorsa, etichetta="centralino"), etichetta="switchboard")
    return tradotto(
        risorsa,
        nome="Health desk",
        in_breve="Help",
        descrizione="Long text",
        requisiti="Living here",
        costo_nota="Always free",
    )


INGLESE = [
    *("Health desk", "Help", "Long text", "Living here", "Always free", ">Health<", ">Women<", ">By telephone<"),
    *(">Passport<", ">on Mondays<", ">Mansion<", ">Ramp<", ">first floor<", ">switchboard<", ">Arabic<"),
]
ITALIANO = [
    *("Sportello salute", "Aiuto", "Testo lungo", "Abitare qui", "Gratis sempre", ">Salute<", ">Donne<", ">Arabo<"),
    *("Per telefono", "Passaporto", "il lunedì", ">Villa<", "Rampa", "primo piano", "centralino"),
]


def test_ogni_testo_della_scheda_esce_nella_lingua_chiesta(client, sportello):
    inglese, italiano = (client.get(f"{p}/servizi/{sportello.slug}/").text for p in ("/en", ""))
    assert [t for t in INGLESE if t not in inglese] == []
    assert [t for t in ITALIANO if t in inglese] == []
    assert [t for t in ITALIANO if t not in italiano] == []
    assert "<title>Health desk ·" in inglese
    assert '<h1 lang="en" dir="ltr">Health desk</h1>' in inglese
    assert re.search(r'name="description"\s+content="Help"', inglese)


@pytest.mark.parametrize(
    ("indirizzo", "attesi", "assenti"),
    [
        ("/en/", [">Health<"], ["Salute"]),
        (
            "/en/servizi/",
            ["Health desk", "Help", ">Health (1)</option>", ">Women (1)</option>", "العربية (Arabic)"],
            ["Donne"],
        ),
        ("/en/servizi/?categoria=salute&destinatari=donne", [">Health</bdi>", ">Women</bdi>"], [">Donne<", ">Salute<"]),
        ("/en/comuni/bollate/", ["Health desk", ">Health<"], ["Sportello salute", ">Salute<"]),
        ("/en/comuni/bollate/salute/", ["<title>Health, Bollate", "Doctor.", "Health desk"], ["Sportello salute"]),
    ],
)
def test_le_altre_pagine_pubbliche(client, sportello, indirizzo, attesi, assenti):
    testo = client.get(indirizzo).text
    assert ([t for t in attesi if t not in testo], [t for t in assenti if t in testo]) == ([], [])


def test_la_pagina_di_un_ente_e_la_striscia_delle_emergenze(client, sportello):
    ContattoFactory(ente=None, risorsa=sportello, valore="112", emergenza=True)
    for indirizzo in ("/en/", f"/en/tavolo/enti/{sportello.ente.slug}/"):
        testo = client.get(indirizzo).text
        assert ("Health desk" in testo, "Help" in testo, "Sportello salute" in testo) == (True, True, False)


def test_manca_o_e_superata_resta_l_italiano_segnato_come_tale(client):
    risorsa = tradotto(RisorsaFactory(nome="Sportello", in_breve="Aiuto"), nome="Desk")
    tradotto(risorsa, "ar", nome="خيمة")
    assert '<h1 lang="ar" dir="rtl">خيمة</h1>' in client.get(f"/ar/servizi/{risorsa.slug}/").text
    risorsa.nome = "Sportello nuovo"
    risorsa.save()
    testo = client.get(f"/ar/servizi/{risorsa.slug}/").text
    assert ("خيمة" in testo, '<h1 lang="it" dir="ltr">Sportello nuovo</h1>' in testo) == (False, True)
    assert '<p class="lead" lang="it" dir="ltr">Aiuto</p>' in testo
    assert '<bdi lang="it">Sportello nuovo</bdi>' in client.get("/ar/servizi/").text


def test_cio_che_nessuno_ha_controllato_si_dice(client):
    risorsa = RisorsaFactory()
    frase = "Traduzione non ancora controllata da una mediatrice o un mediatore."
    with translation.override("en"):
        frase = translation.gettext(frase)
    italiano = f"/servizi/{risorsa.slug}/"
    indirizzo = f"/en{italiano}"
    assert frase not in client.get(indirizzo).text
    traduzione = TraduzioneFactory(oggetto=risorsa)
    testo = client.get(indirizzo).text
    assert (frase in testo, f'href="{italiano}" hreflang="it"' in testo) == (True, True)
    assert frase not in client.get(italiano).text
    Traduzione.objects.filter(pk=traduzione.pk).update(stato="verificata")
    assert frase not in client.get(indirizzo).text


def interrogazioni(client, indirizzo):
    with CaptureQueriesContext(
        connection,
    ) as prese:
        assert client.get(indirizzo).status_code == 200
    return len(prese), sum('FROM "risorse_traduzione"' in q["sql"] for q in prese.captured_queries)


@pytest.mark.parametrize(
    ("indirizzo", "in_piu"), [("/", 1), ("/comuni/bollate/", 1), ("/comuni/bollate/salute/", 1), ("/servizi/", 0)]
)
@pytest.mark.parametrize("quante", [1, 30])
def test_una_interrogazione_in_piu_e_nessuna_in_italiano(client, bollate, indirizzo, in_piu, quante):
    """The list keeps its cards and its choices drawn in each language."""
    salute = tradotto(CategoriaFactory(nome="Salute", slug="salute"), nome="Health")
    DestinatariFactory()
    for _ in range(quante):
        risorsa = tradotto(RisorsaFactory(categorie=[salute], comuni=[bollate]), nome="Desk", in_breve="Help")
        LinguaParlataFactory(risorsa=risorsa)
        RisorsaInSedeFactory(risorsa=risorsa)
    for una in (indirizzo, f"/en{indirizzo}"):
        client.get(una)  # draws what the process keeps until the content changes
    italiana, inglese = interrogazioni(client, indirizzo), interrogazioni(client, f"/en{indirizzo}")
    assert (italiana[1], inglese[1], inglese[0] - italiana[0]) == (0, in_piu, in_piu)


def test_si_traduce_anche_cio_che_sta_piu_volte_nella_pagina(django_assert_num_queries):
    salute = tradotto(CategoriaFactory(nome="Salute"), nome="Health")
    for _ in range(2):
        RisorsaFactory(categorie=[salute])
    risorse = Risorsa.objects.con_scheda()
    list(risorse)
    with django_assert_num_queries(1):
        traduci({"righe": risorse, "altro": ["x", 3, None]}, lingua="en")
    assert [[c.testo("nome") for c in r.categorie.all()] for r in risorse] == [["Health"], ["Health"]]
    assert len([c for c in traducibili(risorse) if c.pk == salute.pk]) == 2


def test_una_lingua_che_non_si_traduce_lascia_l_italiano(django_assert_num_queries):
    risorsa = tradotto(RisorsaFactory(nome="Sportello"), nome="Desk")
    with django_assert_num_queries(0):
        traduci(risorsa, lingua="it")
        traduci(risorsa, lingua="xx")
        traduci([], lingua="en")
    assert risorsa.scritto("nome") == ("Sportello", "it")


@pytest.mark.parametrize(
    ("codice", "lingua", "nome"),
    [("ar", "en", "Arabic"), ("zh-Hans", "fr", "Chinois simplifié"), ("fil", "zh-hans", "菲律宾语"), ("qq", "en", "")],
)
def test_i_nomi_delle_lingue_vengono_dal_cldr(codice, lingua, nome):
    assert nome_di_lingua(codice, lingua) == nome


def test_una_traduzione_del_nome_di_una_lingua_vince_sul_cldr():
    lingua = tradotto(LinguaFactory(nome="Cinese", codice="zh-Hans"), nome="Mandarin")
    with translation.override("en"):
        assert lingua.scritto("nome") == ("Simplified Chinese", "en")
        traduci(lingua)
        assert lingua.scritto("nome") == ("Mandarin", "en")
    assert LinguaFactory(nome="Cinese 2", codice="zh").scritto("nome") == ("Cinese 2", "it")
