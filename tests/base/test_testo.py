"""Texts written as CommonMark: safe HTML, blocks, plain words."""

import re

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from tavolo.base.testo import blocchi, html, piano

REL = 'rel="noopener noreferrer nofollow"'
SEGNI = st.sampled_from(
    [
        *("# ", "## ", "- ", "* ", "1. ", "7) ", "> ", "    ", "\n", "\n\n", "**", "*", "_", "`", "```", "~~~", "---"),
        *(
            "[",
            "](",
            ")",
            "!",
            "<",
            ">",
            "](http://a.it)",
            "](javascript:alert(1))",
            "<script>",
            "<img src=x onerror=y>",
        ),
        *("<a href='javascript:x'>", "&lt;", "&#106;", "\\", "\x00", "[a]: ", "|", "\t", "<https://b.it>", " "),
    ]
)
TESTI = st.lists(SEGNI | st.text(max_size=6), max_size=30).map("".join)


@pytest.mark.parametrize(
    ("testo", "atteso"),
    [
        ("", ""),
        ("Prima riga\nseconda\n\nAltro", "<p>Prima riga<br>\nseconda</p>\n<p>Altro</p>\n"),
        ("Così:\n- uno\n- due", "<p>Così:</p>\n<ul>\n<li>uno</li>\n<li>due</li>\n</ul>\n"),
        ("3. tre\n4. quattro", '<ol start="3">\n<li>tre</li>\n<li>quattro</li>\n</ol>\n'),
        ("**forte** e *piano*", "<p><strong>forte</strong> e <em>piano</em></p>\n"),
        ("# Uno\n### Tre\n#", "<h4>Uno</h4>\n<h4>Tre</h4>\n"),
        ("Titolo\n======", "<p>Titolo<br>\n======</p>\n"),
        ("    rientrato", "<p>rientrato</p>\n"),
        ("[nota]: da rivedere", "<p>[nota]: da rivedere</p>\n"),
        ("<b>Detto</b>", "<p>&lt;b&gt;Detto&lt;/b&gt;</p>\n"),
        ("[qui](https://a.it)", f'<p><a href="https://a.it" {REL}>qui</a></p>\n'),
        ("[](https://a.it)", f'<p><a href="https://a.it" {REL}>https://a.it</a></p>\n'),
        (
            "Vedi (https://a.it/x?y=1&z=2), http://b.it.",
            f'<p>Vedi (<a href="https://a.it/x?y=1&amp;z=2" {REL}>https://a.it/x?y=1&amp;z=2</a>), '
            f'<a href="http://b.it" {REL}>http://b.it</a>.</p>\n',
        ),
        ("`https://a.it` http:// xhttps://a.it", "<p><code>https://a.it</code> http:// xhttps://a.it</p>\n"),
        ("[https://a.it](https://b.it)", f'<p><a href="https://b.it" {REL}>https://a.it</a></p>\n'),
        ("<asst@a.it>", f'<p><a href="mailto:asst@a.it" {REL}>asst@a.it</a></p>\n'),
        ("![foto](https://a.it/x.png)", f'<p>!<a href="https://a.it/x.png" {REL}>foto</a></p>\n'),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n"),
        ("[a](data:text/html,x)", "<p>[a](data:text/html,x)</p>\n"),
        ("[a](//altrove.it) [b](http://[)", "<p>[a](//altrove.it) [b](http://[)</p>\n"),
        ("```\nx < 1\n```", "<pre><code>x &lt; 1\n</code></pre>\n"),
    ],
)
def test_html(testo, atteso):
    risultato = html(testo)

    assert (risultato, type(risultato)) == (atteso, SafeString)


def test_il_filtro_delle_pagine_con_il_livello_dei_titoli():
    pagina = Template("{{ testo|commonmark }}{{ testo|commonmark:3 }}{{ niente|commonmark }}{{ testo|piano }}")

    assert pagina.render(Context({"testo": "# Uno", "niente": None})) == "<h4>Uno</h4>\n<h3>Uno</h3>\nUno"


def corsa(testo, **aspetto):
    return {"testo": testo, "grassetto": False, "corsivo": False, "codice": False, "link": ""} | aspetto


def paragrafo(*pezzi):
    return {"tipo": "paragrafo", "pezzi": list(pezzi), "voci": []}


def test_blocchi_per_i_documenti():
    testo = "# Titolo\nUno **due *tre*** [qui](https://a.it)\nriga `x`\n> detto\n\n- a\n  1. b\n\n```py\nc\n```\n---"

    assert blocchi(testo) == [
        {"tipo": "titolo", "pezzi": [corsa("Titolo")], "voci": []},
        paragrafo(
            corsa("Uno "),
            corsa("due ", grassetto=True),
            corsa("tre", grassetto=True, corsivo=True),
            corsa(" "),
            corsa("qui", link="https://a.it"),
            corsa("\nriga "),
            corsa("x", codice=True),
        ),
        {"tipo": "citazione", "pezzi": [], "voci": [[paragrafo(corsa("detto"))]]},
        {
            "tipo": "elenco",
            "pezzi": [],
            "voci": [
                [
                    paragrafo(corsa("a")),
                    {"tipo": "numerato", "pezzi": [], "voci": [[paragrafo(corsa("b"))]], "inizio": 1},
                ]
            ],
        },
        {"tipo": "codice", "pezzi": [corsa("py\nc", codice=True)], "voci": []},
    ]


def test_piano_per_le_lettere_e_le_tabelle():
    testo = "Si **decide**:\n- uno\n  in più righe\n- due\n\n2. b\n3. [qui *o* là](https://a.it)\n\n> detto\n> ancora\n\n<a@b.it>"

    assert piano(testo) == (
        "Si decide:\n\n- uno\n  in più righe\n- due\n\n2. b\n3. qui o là (https://a.it)\n\n> detto\n> ancora\n\na@b.it"
    )


@pytest.mark.parametrize("segno", ["> ", "- ", "1. ", "[", "**", "*a", "`", "<", "![", "\\", "&", "_a "])
def test_niente_si_perde_in_fondo_a_mille_segni(segno):
    testo = segno * 1000 + "parola"

    assert "parola" in piano(testo)
    assert "parola" in html(testo)


@given(TESTI)
def test_qualunque_testo_da_html_senza_pericoli(testo):
    risultato = html(testo)

    for marchio in re.findall(r"<[^>]*>", risultato):
        assert re.fullmatch(
            r"</?(p|br|strong|em|ul|ol|li|blockquote|pre|code|hr|h4)>|</a>|<ol start=\"\d+\">"
            r"|<a href=\"(https?|mailto):[^\"<>]*\"( title=\"[^\"<>]*\")? rel=\"noopener noreferrer nofollow\">",
            marchio,
            re.IGNORECASE,
        )
    assert isinstance(blocchi(testo), list)


SEGNI_BREVI = (
    *("# ", "- ", "1. ", "> ", "\n", "\n\n", "    ", "```"),
    *("**", "*", "`", "[", "](http://a.it)", "<b>", "!", "]: "),
)


@given(st.lists(st.sampled_from(SEGNI_BREVI), max_size=20))
def test_nessuna_parola_si_perde(segni):
    parole = [f"x{numero}x" for numero in range(len(segni) + 1)]
    testo = parole[0] + "".join(f"{segno}{parola}" for segno, parola in zip(segni, parole[1:], strict=True))

    assert re.findall(r"x\d+x", re.sub(r"http://a\.it", "", piano(testo))) == parole
    assert re.findall(r"x\d+x", re.sub(r"http://a\.it", "", html(testo))) == parole
