"""The template tags every page uses."""

import csv
from pathlib import Path

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory, override_settings
from django.utils import translation
from pytest_django.asserts import assertHTMLEqual

from tavolo.base.templatetags import portale

SEMPLICE = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


def mostra(testo: str, percorso: str | None = None, **contesto) -> str:
    """Render a template as a page at `percorso` would."""
    if percorso is not None:
        contesto["request"] = RequestFactory().get(percorso)
    return Template(testo).render(Context(contesto))


@override_settings(STORAGES=SEMPLICE)
def test_icona_decora():
    assert mostra('{% icona "it-mail" classe="icon-sm" %}') == (
        '<svg class="icon icon-sm" aria-hidden="true" focusable="false">'
        '<use href="/static/portale/icone.svg#it-mail"></use></svg>'
    )


@override_settings(STORAGES=SEMPLICE)
def test_icona_con_un_nome_si_legge_e_non_lascia_passare_html():
    assert mostra('{% icona "it-mail" titolo=titolo %}', titolo='"><b>') == (
        '<svg class="icon" role="img" aria-label="&quot;&gt;&lt;b&gt;">'
        '<use href="/static/portale/icone.svg#it-mail"></use></svg>'
    )


@override_settings(LANGUAGES=[("it", "Italiano"), ("ar", "العربية"), ("zz", "Inventata")])
def test_lingue_con_il_nome_delle_impostazioni():
    with translation.override("it"):
        assert portale.lingue(Context()) == [
            ("it", "Italiano", "Italiano", "ltr", True, "/"),
            ("ar", "العربية", "اقرأ بالعربية", "rtl", False, portale.url_in_lingua(Context(), "ar")),
            ("zz", "Inventata", "Inventata", "ltr", False, portale.url_in_lingua(Context(), "zz")),
        ]


def test_una_lingua_ha_un_nome_solo_nel_sito():
    """The interface and the spoken languages stand on the same page."""
    with Path("dati/lingue.csv").open(encoding="utf-8") as righe:
        parlate = {riga["codice"].lower(): riga["nome_proprio"] for riga in csv.DictReader(righe)}
    assert {codice: parlate[codice] for codice, _ in settings.LANGUAGES} == dict(settings.LANGUAGES)


def test_url_in_lingua_resta_dove_la_pagina_non_ha_altre_lingue():
    assert mostra('{% url_in_lingua "en" %}', "/amministrazione/?q=a") == "/amministrazione/?q=a"


@pytest.mark.parametrize(
    ("percorso", "tranne", "atteso"),
    [
        ("/tavolo/", (), ' aria-current="page"'),
        ("/tavolo/enti/asst/", (), ' aria-current="true"'),
        ("/tavolo/incontri/", ("/tavolo/incontri/",), ""),
        ("/servizi/", ("",), ""),
    ],
)
def test_corrente(percorso, tranne, atteso):
    contesto = Context({"request": RequestFactory().get(percorso)})
    assert portale.corrente(contesto, "/tavolo/", *tranne) == atteso


def test_corrente_senza_indirizzo_o_senza_richiesta():
    assert portale.corrente(Context({"request": RequestFactory().get("/")}), "") == ""
    assert portale.corrente(Context(), "/tavolo/") == ""


def test_avvolgi_tace_quando_il_blocco_e_vuoto():
    assert portale.avvolgi(" \n", "includes/navigazione_area.html") == ""


def test_avvolgi_incornicia_cio_che_il_blocco_dice():
    with translation.override("it"):
        pagina = mostra('{% filter avvolgi:"includes/navigazione_area.html" %}<li>Incontri</li>{% endfilter %}')
    assertHTMLEqual(
        pagina,
        '<nav class="navigazione-area" aria-label="Area riservata"><div class="container"><ul>'
        "<li>Incontri</li></ul></div></nav>",
    )


def test_pagine_con_lacune():
    pagina = Paginator(range(500), 10).page(5)
    assert portale.pagine(pagina) == [1, pagina.paginator.ELLIPSIS, 4, 5, 6, pagina.paginator.ELLIPSIS, 50]


@pytest.mark.parametrize(
    ("lingua", "valore", "atteso"),
    [
        ("it", "2022", "2022"),
        ("it", "2022-09", "settembre 2022"),
        ("it", "2022-09-15", "15 settembre 2022"),
        ("it", "2022-09-01", "1 settembre 2022"),
        ("en", "2022-09", "September 2022"),
        ("it", "2022-13", "2022-13"),
        ("it", "primavera 2022", "primavera 2022"),
        ("it", "", ""),
        ("it", None, ""),
    ],
)
def test_data_parziale(lingua, valore, atteso):
    with translation.override(lingua):
        assert portale.data_parziale(valore) == atteso


@pytest.mark.parametrize(
    ("valore", "atteso"),
    [
        ("02 990 13 252", "tel:+390299013252"),
        ("335/1820629", "tel:+393351820629"),
        ("+44 20 7946", "tel:+44207946"),
        ("0039 02 99", "tel:+390299"),
        ("112", "tel:112"),
        ("1522", "tel:1522"),
        ("800 90 10 10", "tel:800901010"),
        ("centralino", ""),
        (None, ""),
    ],
)
def test_telefono(valore, atteso):
    assert portale.telefono(valore) == atteso
