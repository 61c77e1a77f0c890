"""The evidence of a need: written, filled from the territory, corrected by two, removed; no number of few people."""

import pytest
from django.urls import reverse

from incontri.models import Evidenza
from tests.factories import BisognoFactory, EvidenzaFactory, IndicatoreFactory, TemaFactory

CODICE = "RSSMRA80A01F205X"


def parole(risposta):
    return " ".join(risposta.content.decode().split())


def su(nome, bisogno, *altro):
    return reverse(f"bisogni:{nome}", args=[bisogno.pk, *altro])


@pytest.fixture
def bisogno(db, bruno):
    return BisognoFactory(titolo="Mediazione attivata tardi", tema=TemaFactory(), autore=bruno)


EVIDENZA = {
    "tipo": "misura",
    "testo": "Attesa",
    "valore": "21,5",
    "unita": "giorni",
    "riferimento": "03/2026",
    "fonte": "ASST",
}


@pytest.mark.parametrize(
    ("cambia", "salvata"),
    [
        ({}, ("misura", 21.5, "giorni", False)),
        ({"tipo": "in-bisogno", "valore": "40", "unita": ""}, ("in-bisogno", 40, "persone", False)),
        ({"tipo": "in-bisogno", "valore": "3"}, ("in-bisogno", None, "persone", True)),
        ({"valore": "", "unita": "persone", "pochi": "on"}, ("misura", None, "persone", True)),
        ({"valore": "0", "unita": "persone"}, ("misura", 0, "persone", False)),
        ({"tipo": "opinione", "valore": ""}, ("opinione", None, "", False)),
    ],
)
def test_unevidenza_si_aggiunge(cambia, salvata, come, bruno, bisogno):
    risposta = come(bruno).post(su("evidenza-create", bisogno), EVIDENZA | cambia, follow=True)
    uno = Evidenza.objects.get()
    assert (uno.tipo, None if uno.valore is None else float(uno.valore), uno.unita, uno.soppresso) == salvata
    assert ("il numero non si conserva" in parole(risposta).casefold()) == uno.soppresso


@pytest.mark.parametrize(
    ("cambia", "campo"),
    [
        ({"valore": ""}, "valore"),
        ({"valore": "tanti"}, "valore"),
        ({"valore": "-2"}, "valore"),
        ({"unita": ""}, "unita"),
        ({"tipo": "opinione"}, "valore"),
        ({"pochi": "on"}, "pochi"),
        ({"pochi": "on", "unita": "persone", "valore": "40"}, "pochi"),
        ({"valore": "1e5"}, "valore"),
        ({"valore": "3,5", "unita": "persone"}, "valore"),
        ({"valore": "120,5", "unita": "persone"}, "valore"),
        ({"riferimento": "marzo"}, "riferimento"),
        ({"riferimento": "2099"}, "riferimento"),
        ({"riferimento": "dicembre 2099"}, "riferimento"),
        ({"fonte": ""}, "fonte"),
        ({"testo": f"Il caso di {CODICE}"}, "testo"),
    ],
)
def test_unevidenza_sbagliata_torna_con_quello_che_si_e_scritto(cambia, campo, come, bruno, bisogno):
    risposta = come(bruno).post(su("evidenza-create", bisogno), EVIDENZA | cambia)
    form = risposta.context["form"]
    assert (risposta.status_code, Evidenza.objects.count(), campo in form.errors) == (200, 0, True)
    assert form["riferimento"].value() == (EVIDENZA | cambia)["riferimento"]


def test_due_invii_sono_unevidenza(come, bruno, bisogno):
    chiave = come(bruno).get(su("evidenza-create", bisogno)).context["form"]["chiave"].value()
    for _ in range(2):
        come(bruno).post(su("evidenza-create", bisogno), EVIDENZA | {"chiave": chiave})
    assert Evidenza.objects.count() == 1


def test_unevidenza_si_corregge_e_due_persone_si_incontrano(come, bruno, bisogno):
    evidenza = EvidenzaFactory(bisogno=bisogno)
    pagina = su("evidenza-update", bisogno, evidenza.pk)
    timbro = come(bruno).get(pagina).context["form"]["timbro"].value()
    assert come(bruno).post(pagina, EVIDENZA | {"timbro": timbro}).status_code == 302
    risposta = come(bruno).post(pagina, EVIDENZA | {"testo": "Altra attesa", "timbro": timbro})
    assert (risposta.status_code, Evidenza.objects.get().testo) == (409, "Attesa")
    assert risposta.context["form"]["testo"].value() == "Altra attesa"


def test_chi_corregge_unevidenza_tolta_da_altri_la_salva_come_nuova(come, bruno, bisogno):
    evidenza = EvidenzaFactory(bisogno=bisogno)
    pagina = su("evidenza-update", bisogno, evidenza.pk)
    timbro = come(bruno).get(pagina).context["form"]["timbro"].value()
    evidenza.delete()
    assert come(bruno).get(pagina).status_code == 404
    assert come(bruno).post(pagina, EVIDENZA | {"timbro": timbro}).status_code == 302
    assert Evidenza.objects.get().testo == "Attesa"


def test_se_intanto_il_bisogno_e_stato_unito_il_testo_torna(come, bruno, bisogno):
    bisogno.unito_a = BisognoFactory(titolo="Quello che resta")
    bisogno.save()
    risposta = come(bruno).post(su("evidenza-create", bisogno), EVIDENZA)
    assert (risposta.status_code, Evidenza.objects.count()) == (409, 0)
    assert risposta.context["form"]["testo"].value() == "Attesa"
    assert come(bruno).get(su("evidenza-create", bisogno)).status_code == 302


def test_unevidenza_si_toglie_e_resta_nella_storia(come, bruno, bisogno):
    evidenza = EvidenzaFactory(bisogno=bisogno)
    togli = su("evidenza-togli", bisogno, evidenza.pk)
    assert "Evidenza tolta" in parole(come(bruno).post(togli, follow=True))
    assert "non c&#x27;è più" in parole(come(bruno).post(togli, follow=True))


@pytest.mark.parametrize("scritta", ["2026-03", "03/2026", "marzo 2026", "Mar. 2026"])
def test_la_data_si_scrive_come_si_dice(scritta, come, bruno, bisogno):
    assert come(bruno).post(su("evidenza-create", bisogno), EVIDENZA | {"riferimento": scritta}).status_code == 302
    evidenza = Evidenza.objects.get()
    assert evidenza.riferimento == "2026-03"
    form = come(bruno).get(su("evidenza-update", bisogno, evidenza.pk)).context["form"]
    assert form["riferimento"].value() == "03/2026"


@pytest.mark.parametrize(
    ("testo", "trovato"),
    [
        ("3 donne aspettano un corso", "«3»"),
        ("Tre donne aspettano un corso", "«Tre»"),
        ("Donne che aspettano un corso, a marzo erano 4", "«4»"),
    ],
)
def test_il_numero_che_non_si_scrive_non_resta_nelle_parole(testo, trovato, come, bruno, bisogno):
    dati = EVIDENZA | {"tipo": "in-bisogno", "valore": "3", "testo": testo}
    form = come(bruno).post(su("evidenza-create", bisogno), dati).context["form"]
    assert form.errors == {
        "controllato": [
            f"Non l'abbiamo ancora salvata. Guarda meglio: {trovato} sembra il numero di persone che non si scrive. "
            "Toglilo, oppure conferma."
        ]
    }
    assert come(bruno).post(su("evidenza-create", bisogno), dati | {"controllato": "on"}).status_code == 302


@pytest.mark.parametrize("testo", ["Donne in attesa dal 3/2026", "Donne in attesa: il 4% di 1.200", "Erano 34"])
def test_gli_altri_numeri_nelle_parole_restano(testo, come, bruno, bisogno):
    dati = EVIDENZA | {"tipo": "in-bisogno", "valore": "3", "testo": testo}
    assert come(bruno).post(su("evidenza-create", bisogno), dati).status_code == 302


# --- From a figure of the territory --------------------------------------------------------------------------------------
@pytest.fixture
def dato(comune_di_bollate):
    return IndicatoreFactory(voce="residenti", valore=36_000, fonte="Istat", riferimento="2025-01-01")


def test_un_dato_del_territorio_riempie_il_modulo_e_lascia_le_parole(dato, come, bruno, bisogno):
    scritto = {"testo": "Le mie parole", "fonte": "", "chiave": "6e6f1f5e-9a0b-4a53-9a7e-3c4f0f6c1d11"}
    risposta = come(bruno).post(su("evidenza-create", bisogno), scritto | {"riempi": "1", "dato": str(dato.pk)})
    form = risposta.context["form"]
    assert (risposta.status_code, Evidenza.objects.count(), form.errors) == (200, 0, {})
    assert {nome: str(form[nome].value()) for nome in ("testo", "valore", "fonte", "riferimento", "chiave")} == {
        "testo": "Le mie parole",
        "valore": "36000.00",
        "fonte": "Istat",
        "riferimento": "01/01/2025",
        "chiave": scritto["chiave"],
    }
    assert "Fatto: il modulo qui sotto ha il valore" in parole(risposta)


@pytest.mark.parametrize("scelto", ["", "non-c-e"])
def test_senza_un_dato_niente_si_perde(scelto, come, bruno, bisogno):
    risposta = come(bruno).post(
        su("evidenza-create", bisogno), EVIDENZA | {"riempi": "1", "dato": scelto, "testo": "Le mie parole"}
    )
    form, scelta = risposta.context["form"], risposta.context["scelta"]
    assert (form["testo"].value(), form["valore"].value()) == ("Le mie parole", "21,5")
    assert list(scelta.errors) == ["dato"]
