"""Translations as files: XLIFF 1.2 and CSV, out and in, whole or not at all."""

import io

import pytest
from defusedxml.ElementTree import fromstring

from risorse.models import Traduzione
from risorse.servizi import xliff
from risorse.servizi.coda_traduzioni import coda
from risorse.servizi.scambio_traduzioni import da_csv, importa, in_csv, leggi
from tavolo.base.formati import CSV, FileNonLeggibile
from tests.factories import CategoriaFactory, LinguaParlataFactory, RisorsaFactory, TraduzioneFactory

pytestmark = pytest.mark.django_db
NS = f"{{{xliff.SPAZIO}}}"


@pytest.fixture
def sportello():
    """A card with a translation of each state: outdated, to be checked, checked, missing."""
    risorsa = RisorsaFactory(nome="Sportello", in_breve="Aiuto & <ascolto>", descrizione="Uno\r\ndue", requisiti="Mai")
    for campo, testo in {"nome": "Desk", "in_breve": "Help", "descrizione": "One\r\ntwo"}.items():
        TraduzioneFactory(oggetto=risorsa, campo=campo, testo=testo)
    Traduzione.objects.filter(campo="descrizione").update(stato="verificata")
    risorsa.nome = "Sportello nuovo"
    risorsa.save()
    return risorsa


def unita_di(contenuto):
    return list(fromstring(contenuto).iter(f"{NS}trans-unit"))


def test_xliff_in_uscita(sportello):
    radice = fromstring(xliff.scrivi(coda("en"), "en"))
    file = radice.find(f"{NS}file")
    assert (radice.tag, radice.get("version")) == (f"{NS}xliff", "1.2")
    assert (file.get("source-language"), file.get("target-language"), file.get("datatype")) == ("it", "en", "plaintext")
    assert [g.get("id") for g in radice.iter(f"{NS}group")] == [f"risorsa|{sportello.pk}"]
    assert [
        (u.get("id"), u.find(f"{NS}source").text, u.find(f"{NS}target").text, u.find(f"{NS}target").get("state"))
        for u in radice.iter(f"{NS}trans-unit")
    ] == [
        (f"risorsa|{sportello.pk}|nome", "Sportello nuovo", "Desk", "needs-translation"),
        (f"risorsa|{sportello.pk}|in_breve", "Aiuto & <ascolto>", "Help", "needs-review-translation"),
        (f"risorsa|{sportello.pk}|descrizione", "Uno\ndue", "One\ntwo", "final"),
        (f"risorsa|{sportello.pk}|requisiti", "Mai", None, "needs-translation"),
    ]
    note = [n.text for n in unita_di(xliff.scrivi(coda("en"), "en"))[0].findall(f"{NS}note")]
    assert note == ["Da aggiornare. Sportello nuovo: Nome.", "Prima in italiano era: Sportello"]


@pytest.mark.parametrize("scrivi", [xliff.scrivi, in_csv])
def test_cio_che_esce_rientra_senza_cambiare_niente(sportello, mira, scrivi):
    prima = list(Traduzione.objects.values_list("testo", "stato", "impronta"))
    scambio = importa(leggi(scrivi(coda("en"), "en"), "en"), autore=mira)
    assert (scambio.nuove, scambio.aggiornate, scambio.invariate, scambio.vuote) == (0, 0, 3, 1)
    assert list(Traduzione.objects.values_list("testo", "stato", "impronta")) == prima


def xml(*unita, lingua="en", da="it"):
    dentro = "".join(
        f'<trans-unit id="{chiave}"><source>{sorgente}</source>{arrivo}</trans-unit>'
        for chiave, sorgente, arrivo in unita
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><xliff version="1.2" xmlns="{xliff.SPAZIO}"><file original="x" '
        f'datatype="plaintext" source-language="{da}" target-language="{lingua}"><body>{dentro}</body></file></xliff>'
    ).encode()


def test_xliff_tradotto_si_importa_e_la_seconda_volta_non_cambia_niente(sportello, mira):
    contenuto = xml(
        (f"risorsa|{sportello.pk}|nome", "Sportello nuovo", '<target state="final">New desk</target>'),
        (f"risorsa|{sportello.pk}|requisiti", "Mai", "<target>Ne<g id='1'>v</g>er</target>"),
        (f"risorsa|{sportello.pk}|in_breve", "Aiuto &amp; &lt;ascolto&gt;", '<target state="signed-off">Help</target>'),
    )
    anteprima = importa(leggi(contenuto, "en"), autore=mira, prova=True)
    assert (anteprima.nuove, anteprima.aggiornate, anteprima.errori) == (1, 2, [])
    assert [(c.campo, c.prima, c.dopo, c.verificata) for c in anteprima.cambi] == [
        ("nome", "Desk", "New desk", True),
        ("requisiti", "", "Never", False),
        ("in breve", "Help", "Help", True),
    ]
    assert Traduzione.objects.get(campo="nome").testo == "Desk"
    importa(leggi(contenuto, "en"), autore=mira)
    assert {(t.campo, t.testo, t.stato) for t in Traduzione.objects.exclude(campo="descrizione")} == {
        ("nome", "New desk", "verificata"),
        ("requisiti", "Never", "da-rivedere"),
        ("in_breve", "Help", "verificata"),
    }
    ancora = importa(leggi(contenuto, "en"), autore=mira)
    assert (ancora.nuove, ancora.aggiornate, ancora.invariate) == (0, 0, 3)


def test_con_un_errore_non_entra_niente_e_ogni_unita_dice_il_suo(sportello, mira):
    bozza = RisorsaFactory(nome="Segreta", stato="bozza")
    contenuto = xml(
        (f"risorsa|{sportello.pk}|requisiti", "Mai", "<target>Never</target>"),
        (f"risorsa|{sportello.pk}|nome", "Sportello", "<target>New desk</target>"),
        (f"risorsa|{bozza.pk}|nome", "Altro", "<target>Secret</target>"),
        ("risorsa|boh|nome", "x", "<target>y</target>"),
        (f"utente|{mira.pk}|nome", "x", "<target>y</target>"),
        (f"risorsa|{sportello.pk}|slug", "x", "<target>y</target>"),
        ("", "x", "<target>y</target>"),
        (f"risorsa|{sportello.pk}|requisiti", "Mai", "<target>Never ever</target>"),
        (f"risorsa|{sportello.pk}|costo_nota", "", "<target>Free</target>"),
    )
    scambio = importa(leggi(contenuto, "en"), autore=mira)
    assert [errore.partition(": ")[2] for errore in scambio.errori] == [
        "l'italiano è cambiato, adesso è «Sportello nuovo»: scarica di nuovo il file e traduci questo.",
        f"«{bozza.pk}» non c'è.",
        "«boh» non c'è.",
        "«utente» non è una cosa che si traduce.",
        "«slug» non è un testo che si traduce.",
        "«» non è una cosa che si traduce.",
        f"c'è già: unità 1 (risorsa|{sportello.pk}|requisiti).",
        "in italiano questo testo è vuoto.",
    ]
    assert not Traduzione.objects.filter(campo="requisiti").exists()


@pytest.mark.parametrize(
    ("contenuto", "frase"),
    [
        (xml(lingua="fr"), "Il file traduce in «fr», qui si traduce in «en»."),
        (xml(da="de"), "Il file non traduce dall'italiano (source-language)."),
        (b"<xliff", "Il file non è XML, oppure è rovinato."),
        (b'<?xml version="1.0" encoding="boh"?><a/>', "Il file non è XML, oppure è rovinato."),
        (b"<html/>", "Il file non è un XLIFF 1.2."),
        (f'<xliff xmlns="{xliff.SPAZIO}"/>'.encode(), "Il file deve tradurre in una lingua sola (target-language)."),
        (
            b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
            "Il file ha dentro un DTD o delle entità: non lo leggiamo.",
        ),
        (
            b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
            "Il file ha dentro un DTD o delle entità: non lo leggiamo.",
        ),
        (b"<" + b"a" * (5 * 1024 * 1024), "Il file è troppo grande: il massimo è 5 MB."),
        (b"", "Il file è vuoto: la prima riga deve avere i nomi delle colonne."),
        (b"\x00\x01", "Il file non è un testo CSV: contiene byte che non sono caratteri."),
    ],
)
def test_file_che_non_vanno(contenuto, frase):
    with pytest.raises(FileNonLeggibile) as rifiuto:
        leggi(contenuto, "en")
    assert str(rifiuto.value) == frase


def test_non_piu_unita_di_un_importazione(settings):
    settings.RIGHE_MASSIME_IMPORTAZIONE = 1
    with pytest.raises(FileNonLeggibile, match="Il file ha 2 unità: il massimo è 1"):
        leggi(xml(("a", "b", ""), ("c", "d", "")), "en")


def test_csv_in_uscita_e_in_entrata(mira):
    salute = CategoriaFactory(nome="Salute", slug="salute", descrizione="-Medico")
    parlata = LinguaParlataFactory(quando="il lunedì")
    TraduzioneFactory(oggetto=salute, testo="Health")
    righe = CSV().create_dataset(in_csv(coda("en"), "en")).dict
    assert [tuple(r.values()) for r in righe if r["oggetto"] in ("salute", str(parlata.pk))] == [
        ("categoria", "salute", "nome", "en", "Salute", "Health", "da-rivedere", "Salute"),
        ("categoria", "salute", "descrizione", "en", "-Medico", "", "mancante", "Salute"),
        (*("linguaparlata", str(parlata.pk), "quando", "en", "il lunedì", "", "mancante", str(parlata.risorsa)),),
    ]
    contenuto = (
        "tipo;oggetto;campo;italiano;testo;stato\r\n"
        "categoria;salute;descrizione;-Medico;-Doctor;verificata\r\n"
        f"linguaparlata;{parlata.pk};quando;;on Mondays;\r\n"
    )
    scambio = importa(leggi(contenuto.encode("cp1252"), "en"), autore=mira)
    assert (scambio.nuove, scambio.errori) == (2, [])
    assert {(t.testo, t.stato) for t in Traduzione.objects.filter(autore=mira)} == {
        ("-Doctor", "verificata"),
        ("on Mondays", "da-rivedere"),
    }


@pytest.mark.parametrize(
    ("contenuto", "frasi"),
    [
        (
            "tipo,oggetto,testo,boh\na,b,c,d\n",
            ["Colonna sconosciuta «boh».", "Manca la colonna «campo»."],
        ),
        (
            "tipo,oggetto,campo,testo,stato\na,b,c,d,fatta\n",
            [
                "Riga 2, colonna «stato»: «fatta» non è tra i valori possibili (mancante, superata, da-rivedere, "
                "verificata)."
            ],
        ),
        ("tipo,oggetto,campo,testo,lingua\na,b,c,d,fr\n", ["Il file traduce in «fr», qui si traduce in «en»."]),
    ],
)
def test_csv_che_non_vanno(contenuto, frasi):
    with pytest.raises(FileNonLeggibile) as rifiuto:
        leggi(contenuto.encode(), "en")
    assert list(rifiuto.value.messaggi)[: len(frasi)] == frasi


def test_una_lingua_che_il_portale_non_ha(mira):
    CategoriaFactory(slug="salute")
    contenuto = b"tipo,oggetto,campo,lingua,testo\ncategoria,salute,nome,de,Gesundheit\n"
    assert importa(da_csv(contenuto), autore=mira).errori == ["riga 2: «de» non è una lingua del portale."]


def test_chi_carica_i_dati_non_copre_cio_che_una_persona_ha_controllato(mira):
    salute = CategoriaFactory(nome="Salute", slug="salute")
    traduzione = TraduzioneFactory(oggetto=salute, testo="Healthcare", stato="verificata")
    unita = da_csv(b"tipo,oggetto,campo,lingua,testo\ncategoria,salute,nome,en,Health\n")
    assert importa(unita, autore=None, rispetta_verificate=True).invariate == 1
    traduzione.refresh_from_db()
    assert traduzione.testo == "Healthcare"
    assert importa(unita, autore=mira).aggiornate == 1


def test_i_caratteri_che_xml_non_puo_avere_restano_fuori():
    RisorsaFactory(nome="Spor\x0btello", in_breve="Aiuto\x01")
    assert [u.find(f"{NS}source").text for u in unita_di(xliff.scrivi(coda("en"), "en"))] == ["Sportello", "Aiuto"]
    assert io.BytesIO(in_csv(coda("en"), "en")).read(3) == b"\xef\xbb\xbf"
