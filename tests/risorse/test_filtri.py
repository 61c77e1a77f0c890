"""The filters of the list: what each gives, how many services every option would leave, near me."""

import pytest

from risorse.forms.risorse import FiltroRisorseForm
from risorse.models import TipoRisorsa
from tests.factories import (
    CategoriaFactory,
    ComuneFactory,
    LinguaFactory,
    LinguaParlataFactory,
    ModalitaAccessoFactory,
    RisorsaFactory,
    RisorsaInSedeFactory,
    SedeFactory,
)

ELENCO = "/servizi/"


def nomi(client, **dati):
    return [risorsa.nome for risorsa in client.get(ELENCO, dati).context["object_list"]]


def conteggi(client, nome, **dati):
    filtro = client.get(ELENCO, dati).context["filtro"]
    filtro.conta()
    return filtro.fields[nome].conteggi


def in_comune(nome, comune, **campi):
    """A service at a place in the middle of the comune."""
    risorsa = RisorsaFactory(nome=nome, comuni=[comune])
    RisorsaInSedeFactory(risorsa=risorsa, sede=SedeFactory(comune=comune, **campi))
    return risorsa


# --- One by one ------------------------------------------------------------------------------------------------------


def test_tipo_accesso_mediatore(client, db):
    arabo, urdu = LinguaFactory(codice="ar"), LinguaFactory(codice="ur")
    appuntamento = ModalitaAccessoFactory(nome="Su appuntamento", slug="su-appuntamento")
    uno, due = RisorsaFactory(nome="Uno", tipo=TipoRisorsa.CORSO), RisorsaFactory(nome="Due")
    uno.modalita.add(appuntamento)
    LinguaParlataFactory(risorsa=uno, lingua=arabo, con_mediatore=True)
    LinguaParlataFactory(risorsa=uno, lingua=urdu)
    LinguaParlataFactory(risorsa=due, lingua=arabo)
    assert nomi(client, tipo="corso") == ["Uno"]
    assert nomi(client, accesso="su-appuntamento") == ["Uno"]
    assert nomi(client, lingua="ar") == ["Due", "Uno"]
    assert nomi(client, mediatore="on") == ["Uno"]
    assert nomi(client, mediatore="on", lingua="ar") == ["Uno"]
    assert nomi(client, mediatore="on", lingua="ur") == []


def test_accessibile_is_said_of_confirmed_places_only(client, bollate):
    in_comune("Sì", bollate, accessibilita="si")
    in_comune("Con aiuto", bollate, accessibilita="parziale")
    in_comune("Dubbia", bollate, accessibilita="si", da_verificare=True)
    assert nomi(client, accessibile="on") == ["Sì"]


@pytest.mark.parametrize(
    ("eta", "attesi"),
    [("0", ["Fino a 3", "Per tutti"]), ("3", ["Fino a 3", "Per tutti"]), ("4", ["Per tutti"]), ("14", ["Per tutti", "Ragazzi"]),
     ("120", ["Per tutti"])],
)  # fmt: skip
def test_eta(client, db, eta, attesi):
    RisorsaFactory(nome="Per tutti")
    RisorsaFactory(nome="Fino a 3", eta_massima=3)
    RisorsaFactory(nome="Ragazzi", eta_minima=11, eta_massima=17)
    assert nomi(client, eta=eta) == attesi


@pytest.mark.parametrize(
    "dati",
    [
        {"eta": "-1"},
        {"eta": "cento"},
        {"eta": "9" * 400},
        {"lat": "91", "lon": "9"},
        {"lat": "nan", "lon": "inf"},
        {"lat": "1e999", "lon": "9"},
        {"tipo": "' OR 1=1"},
        {"accesso": "atlantide"},
        {"vicino": "atlantide"},
        {"mediatore": "forse"},
    ],
)
def test_what_makes_no_sense_is_left_out(client, db, dati):
    RisorsaFactory(nome="Uno")
    assert (nomi(client, **dati) == ["Uno"]) is (dati.get("mediatore") is None)


# --- Counts ----------------------------------------------------------------------------------------------------------


def test_every_option_says_how_many_services_it_would_leave(client, bollate, senago):
    salute, casa = CategoriaFactory(nome="Salute", slug="salute"), CategoriaFactory(nome="Casa", slug="casa")
    RisorsaFactory(nome="Medico", categorie=[salute], comuni=[bollate], costo="gratuito")
    RisorsaFactory(nome="Medico e casa", categorie=[salute, casa], comuni=[senago])
    RisorsaFactory(nome="Affitti", categorie=[casa], area_servita="ambito")
    assert conteggi(client, "categoria") == {"salute": 2, "casa": 2}
    assert conteggi(client, "categoria", comune="bollate") == {"salute": 1, "casa": 1}
    assert conteggi(client, "comune", comune="bollate", categoria="salute")["senago"] == 1
    assert conteggi(client, "categoria", q="medico", categoria="salute") == {"salute": 2, "casa": 1}
    pagina = client.get(ELENCO, {"q": "medico", "comune": "bollate"})
    assert '<option value="casa" disabled>Casa (0)</option>' in pagina.text
    assert '<option value="salute">Salute (1)</option>' in pagina.text
    assert "Solo servizi gratis (1)" in pagina.text


def test_counts_agree_with_what_the_choice_gives(client, bollate, senago):
    lingue = [LinguaFactory(codice=codice) for codice in ("ar", "ur", "zh")]
    for numero in range(12):
        risorsa = RisorsaFactory(
            nome=f"Corso {numero:02}", comuni=[(bollate, senago)[numero % 2]], tipo=list(TipoRisorsa)[numero % 3]
        )
        LinguaParlataFactory(risorsa=risorsa, lingua=lingue[numero % 3], con_mediatore=numero % 4 == 0)
    dati = {"q": "corso", "comune": "bollate", "mediatore": "on"}
    for filtro in ("lingua", "tipo", "comune"):
        for valore, quanti in conteggi(client, filtro, **dati).items():
            assert (valore, quanti) == (
                valore,
                len(nomi(client, **(dati | {filtro: valore})) if valore else []),
            ) or not valore


def test_filters_survive_in_the_address_of_every_page(client, bollate):
    for numero in range(25):
        RisorsaFactory(nome=f"Corso {numero:02}", comuni=[bollate])
    seconda = client.get(ELENCO, {"q": "corso", "comune": "bollate", "page": "2"})
    assert [r.nome for r in seconda.context["object_list"]] == [f"Corso {n}" for n in range(20, 25)]
    assert "?q=corso&amp;comune=bollate&amp;page=1" in seconda.text


# --- Near me ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def tre_comuni(db):
    """Three comuni on a meridian, 0.1 degrees (11.12 km) apart, with a service each, and one that is nowhere."""
    for numero, nome in enumerate(("Nord", "Centro", "Sud")):
        comune = ComuneFactory(nome=nome, latitudine=f"{45.7 - numero / 10:.5f}", longitudine="9.10000")
        in_comune(f"A {nome}", comune)
    RisorsaFactory(nome="Al telefono")


def test_near_a_comune(client, tre_comuni):
    assert nomi(client) == ["A Centro", "A Nord", "A Sud", "Al telefono"]
    vicini = client.get(ELENCO, {"vicino": "sud"}).context["object_list"]
    assert [(r.nome, r.km and round(r.km, 1)) for r in vicini] == [
        ("A Sud", 0.0),
        ("A Centro", 11.1),
        ("A Nord", 22.2),
        ("Al telefono", None),
    ]


def test_near_me_by_coordinates_which_nobody_keeps(client, tre_comuni):
    risposta = client.get(ELENCO, {"lat": "45.699", "lon": "9.1"})
    assert [r.nome for r in risposta.context["object_list"]] == ["A Nord", "A Centro", "A Sud", "Al telefono"]
    assert "A meno di 1 km" in risposta.text
    assert "A circa 11 km" in risposta.text
    assert "no-store" in risposta["Cache-Control"]
    chip = [(f.etichetta, f.senza) for f in risposta.context["filtri_attivi"]]
    assert chip == [("Vicino a me", "")]
    assert risposta.context["filtri_attivi"][0].valore == "Vicino a me"
    assert "I servizi più vicini sono i primi." in risposta.text


def test_the_nearest_place_counts(client, tre_comuni):
    sud, nord = ComuneFactory(nome="Altro", latitudine="45.50000"), SedeFactory(latitudine="45.71", longitudine="9.1")
    risorsa = in_comune("Due sedi", sud)
    RisorsaInSedeFactory(risorsa=risorsa, sede=nord)
    assert nomi(client, vicino="nord")[:2] == ["A Nord", "Due sedi"]


@pytest.mark.parametrize(
    ("q", "atteso"),
    [
        ("sportello vicino a Sud", ("sportello", "Sud")),
        ("vicino a SUD?", ("", "Sud")),
        ("vicino a me", ("vicino a me", None)),
        ("sud", ("sud", None)),
    ],
)
def test_near_in_words(tre_comuni, rf, q, atteso):
    filtro = FiltroRisorseForm(rf.get(ELENCO, {"q": q}).GET)
    assert filtro.is_valid()
    vicino = filtro.cleaned_data["vicino"]
    assert (filtro.cleaned_data["q"], vicino and vicino.nome) == atteso


# --- A comune in the words, and nothing found ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("q", "atteso"),
    [
        ("medico a Bollate", ("medico", "Bollate")),
        ("bollate medico", ("medico", "Bollate")),
        ("medico garbagnate", ("medico", "Garbagnate Milanese")),
        ("comune di Garbagnate Milanese?", ("comune ?", "Garbagnate Milanese")),
        ("bollate", ("bollate", None)),
        ("a Bollate", ("a Bollate", None)),
        ("medico bollatese", ("medico bollatese", None)),
    ],
)
def test_a_comune_in_the_words_is_chosen_as_such(rf, bollate, q, atteso):
    ComuneFactory(nome="Garbagnate Milanese")
    filtro = FiltroRisorseForm(rf.get(ELENCO, {"q": q}).GET)
    assert filtro.is_valid()
    comune = filtro.cleaned_data["comune"]
    assert (filtro.cleaned_data["q"], comune and comune.nome) == atteso


def test_the_chosen_comune_comes_before_all_of_them(client, bollate):
    RisorsaFactory(nome="Corso A", area_servita="ambito")
    RisorsaFactory(nome="Corso B", comuni=[bollate])
    assert nomi(client, q="corso bollate") == ["Corso B", "Corso A"]


def test_where_nothing_is_found_only_what_finds_is_offered(client, bollate, senago):
    salute = CategoriaFactory(nome="Salute", slug="salute")
    RisorsaFactory(nome="Medico", categorie=[salute], comuni=[senago])
    pagina = client.get(ELENCO, {"q": "medico", "comune": "bollate", "gratis": "on"})
    assert pagina.context["alternative"] == []
    pagina = client.get(ELENCO, {"q": "medico", "comune": "bollate"})
    assert [(f.nome, f.quanti) for f in pagina.context["alternative"]] == [("comune", 1)]
    pagina = client.get(ELENCO, {"q": "zzzz"})
    assert [(f.nome, f.quanti) for f in pagina.context["alternative"]] == [("q", 1)]
    assert f'href="{ELENCO}?categoria=salute"' in pagina.text
