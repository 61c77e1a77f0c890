"""The leaflet of a comune about one thing: what it says, in which language, and that it is a tagged document."""

import pytest
from django.urls import reverse
from django.utils import translation

from risorse.documenti.volantini import SERVIZI_MASSIMI, dati_volantino
from tavolo.base import documenti
from tavolo.base.documenti import DocumentoNonRiuscito, pdf
from tests.factories import (
    CategoriaFactory,
    ContattoFactory,
    LinguaFactory,
    LinguaParlataFactory,
    OrarioFactory,
    RisorsaFactory,
    RisorsaInSedeFactory,
    SedeFactory,
    TraduzioneFactory,
)

INDIRIZZO = "https://portale.example.org/comuni/bollate/salute/"


@pytest.fixture
def salute(db):
    return CategoriaFactory(nome="Salute", slug="salute", descrizione="Medico e vaccini")


@pytest.fixture
def consultorio(bollate, salute):
    risorsa = RisorsaFactory(
        nome="Consultorio", in_breve="Visite", categorie=[salute], comuni=[bollate], costo="gratuito"
    )
    sede = SedeFactory(ente=risorsa.ente, indirizzo="via di Esempio 1", comune=bollate, cap="20021")
    RisorsaInSedeFactory(risorsa=risorsa, sede=sede)
    ContattoFactory(ente=None, risorsa=risorsa, valore="02 000 000011")
    ContattoFactory(ente=None, risorsa=risorsa, valore="02 000 000012", da_verificare=True)
    OrarioFactory(risorsa=risorsa, giorno=1)
    LinguaParlataFactory(risorsa=risorsa, lingua=LinguaFactory(nome="Arabo", codice="ar", nome_proprio="العربية"))
    return risorsa


def fatti(dati):
    return [
        (fatto["etichetta"], [pezzo["testo"] for pezzo in fatto["pezzi"]])
        for fatto in dati["gruppi"][0]["servizi"][0]["fatti"]
    ]


def test_dice_di_ogni_servizio_quello_che_serve_per_andarci(bollate, salute, consultorio):
    dati = dati_volantino(bollate, salute, indirizzo=INDIRIZZO)
    assert [gruppo["titolo"] for gruppo in dati["gruppi"]] == ["A Bollate"]
    assert ("Dove:", ["via di Esempio 1, 20021 Bollate"]) in fatti(dati)
    assert ("Orari:", ["lun 9:00–12:30"]) in fatti(dati)
    assert ("Telefono:", ["02 000 000011"]) in fatti(dati)
    assert ("Lingue parlate:", ["العربية"]) in fatti(dati)
    assert ("Quanto costa:", ["Gratis"]) in fatti(dati)
    assert dati["sito"] == "portale.example.org/comuni/bollate/salute/"
    assert "<svg" in dati["qr"]


def test_nella_lingua_chiesta_con_l_italiano_segnato_dove_manca(bollate, salute, consultorio):
    TraduzioneFactory(oggetto=consultorio, campo="nome", lingua="en", testo="Family clinic")
    with translation.override("en"):
        dati = dati_volantino(bollate, salute, indirizzo=INDIRIZZO)
    servizio = dati["gruppi"][0]["servizi"][0]
    assert servizio["nome"] == {"testo": "Family clinic", "lingua": "en"}
    assert servizio["in_breve"] == {"testo": "Visite", "lingua": "it"}


def test_prima_il_comune_poi_l_ambito_poi_l_italia(bollate, salute, consultorio):
    RisorsaFactory(nome="A nazionale", categorie=[salute], area_servita="nazionale")
    RisorsaFactory(nome="A ambito", categorie=[salute], area_servita="ambito")
    gruppi = dati_volantino(bollate, salute, indirizzo=INDIRIZZO)["gruppi"]
    nomi = [(g["titolo"], [s["nome"]["testo"] for s in g["servizi"]]) for g in gruppi]
    assert nomi == [
        ("A Bollate", ["Consultorio"]),
        ("Per tutto l'Ambito", ["A ambito"]),
        ("In tutta Italia", ["A nazionale"]),
    ]


def test_ha_i_numeri_di_emergenza_e_dice_se_ci_sono_esempi(bollate, salute, consultorio):
    emergenza = RisorsaFactory(nome="1522: aiuto contro la violenza", area_servita="nazionale", esempio=False)
    ContattoFactory(ente=None, risorsa=emergenza, valore="1522", emergenza=True)
    consultorio.esempio = True
    consultorio.save()
    dati = dati_volantino(bollate, salute, indirizzo=INDIRIZZO)
    assert [(n["numero"], n["nome"]["testo"]) for n in dati["emergenze"]] == [("1522", "aiuto contro la violenza")]
    assert dati["esempio"] != ""


def test_una_scheda_non_pubblica_non_ci_va(bollate, salute, consultorio):
    consultorio.stato = "sospesa"
    consultorio.save()
    assert dati_volantino(bollate, salute, indirizzo=INDIRIZZO)["gruppi"] == []


@pytest.mark.parametrize("quanti", [1, 30])
def test_le_domande_al_database_non_crescono(bollate, salute, quanti, django_assert_num_queries):
    for _ in range(quanti):
        risorsa = RisorsaFactory(categorie=[salute], comuni=[bollate])
        RisorsaInSedeFactory(risorsa=risorsa, sede=SedeFactory(ente=risorsa.ente, comune=bollate))
        ContattoFactory(ente=None, risorsa=risorsa)
    with django_assert_num_queries(14):
        dati_volantino(bollate, salute, indirizzo=INDIRIZZO)


def test_oltre_un_certo_numero_rimanda_al_sito(bollate, salute):
    for _ in range(SERVIZI_MASSIMI + 1):
        RisorsaFactory(categorie=[salute], comuni=[bollate])
    dati = dati_volantino(bollate, salute, indirizzo=INDIRIZZO)
    assert (len(dati["gruppi"][0]["servizi"]), dati["altri"] != "") == (SERVIZI_MASSIMI, True)


@pytest.mark.parametrize("lingua", ["it", "ar", "zh-hans"])
def test_il_pdf_e_accessibile_in_ogni_scrittura(client, bollate, salute, consultorio, lingua):
    with translation.override(lingua):
        indirizzo = reverse("risorse:volantino", args=["bollate", "salute"])
    risposta = client.get(indirizzo)
    assert (risposta.status_code, risposta["Content-Type"]) == (200, "application/pdf")
    assert risposta["Content-Disposition"] == f'inline; filename="salute-bollate-{lingua}.pdf"'
    assert risposta.content.startswith(b"%PDF-")
    assert b"pdfuaid:part" in risposta.content


def test_quello_che_non_c_e_non_ha_volantino(client, bollate, salute):
    assert client.get("/comuni/bollate/non-c-e/volantino.pdf").status_code == 404
    assert client.get("/comuni/non-c-e/salute/volantino.pdf").status_code == 404


def test_una_scrittura_senza_caratteri_non_ferma_il_documento(bollate, salute, consultorio):
    """Cherokee is in none of our fonts."""
    consultorio.nome = "Consultorio Ꭰ"
    consultorio.save()
    contenuto = pdf("documenti/volantino.typ", dati_volantino(bollate, salute, indirizzo=INDIRIZZO))
    assert contenuto.startswith(b"%PDF-")
    assert b"pdfuaid:part" not in contenuto


def test_i_dati_non_sono_sorgente_del_modello(bollate, salute, consultorio):
    consultorio.nome = '#panic("preso") $x$ *a*'
    consultorio.save()
    assert pdf("documenti/volantino.typ", dati_volantino(bollate, salute, indirizzo=INDIRIZZO)).startswith(b"%PDF-")


def test_un_modello_che_non_si_compone_lo_dice(db):
    with pytest.raises(DocumentoNonRiuscito):
        pdf("documenti/volantino.typ", {})


def test_senza_caratteri_si_dice_che_cosa_fare(settings, tmp_path):
    documenti._caratteri.cache_clear()
    settings.CARTELLA_FONT = tmp_path
    with pytest.raises(documenti.ImproperlyConfigured, match="make var"):
        pdf("documenti/volantino.typ", {})
    documenti._caratteri.cache_clear()
