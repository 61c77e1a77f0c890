"""The texts people write with paragraphs, lists and emphasis: CommonMark in, safe HTML, blocks or plain words out.

What is written is read as CommonMark 0.31 (https://spec.commonmark.org) by markdown-it-py, with what suits people who just
type: a new line stays a new line, indented lines and lines of dashes stay text, a raw tag or an image is shown as it was
typed, an address of the web pasted in a sentence is a link. Links lead to http, https and mailto only. Every title has one level, given by the page, so that the text never
breaks its outline. No word is ever dropped.
"""

import re
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

SCHEMI = {"http", "https", "mailto"}
AMMESSI = re.compile(r"(?:https?://[\w.-]+(?::\d{1,5})?(?:[/?#]|$)|mailto:.)", re.IGNORECASE)
# An address as people paste it, without the full stop or bracket that closes the sentence.
INDIRIZZO = re.compile(r"""(\bhttps?://[^\s<>()\[\]{}"'«»]*[^\s<>()\[\]{}"'«».,;:!?])""", re.IGNORECASE)
MARCHI = {
    "p",
    "br",
    "strong",
    "em",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "code",
    "hr",
    "a",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
}
ATTRIBUTI = {"a": {"href", "title"}, "ol": {"start"}}
PROFONDITA = 40


def _lettore() -> MarkdownIt:
    lettore = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": PROFONDITA})
    # Rules that would hide words (definitions of links, images) or surprise who just types (indented code, titles by dashes).
    lettore.disable(["code", "lheading", "reference", "html_block", "html_inline", "image"])
    lettore.validateLink = _ammesso  # type: ignore[method-assign, assignment]
    return lettore


def _ammesso(indirizzo: str) -> bool:
    return AMMESSI.match(indirizzo) is not None


LETTORE = _lettore()
# What is nested beyond reason is read as plain lines: the parser would drop its end.
LETTORE_SEMPLICE = MarkdownIt("zero", {"breaks": True}).enable("newline")


def html(testo: str, livello: int = 4) -> SafeString:
    """The text as HTML that can stand in a page; its titles are all of level `livello` (2–6)."""
    pezzi = _leggi(testo or "")
    for pezzo in pezzi:
        if pezzo.type in ("heading_open", "heading_close"):
            pezzo.tag = f"h{min(max(livello, 2), 6)}"
    grezzo = LETTORE.renderer.render(pezzi, LETTORE.options, {})
    pulito = nh3.clean(
        grezzo, tags=MARCHI, attributes=ATTRIBUTI, url_schemes=SCHEMI, link_rel="noopener noreferrer nofollow"
    )
    return mark_safe(pulito)  # noqa: S308 - sanitised just now


def blocchi(testo: str) -> list[dict[str, Any]]:
    """The text as blocks for a document.

    Each is `{"tipo", "pezzi", "voci"}`: `tipo` is paragrafo, titolo, citazione, elenco, numerato (with its `inizio`) or
    codice; `pezzi` are runs `{"testo", "grassetto", "corsivo", "codice", "link"}`, a new line being "\\n" in `testo` and no
    link ""; `voci` are the blocks of each item of a list, or the one list of the blocks of a quotation.
    """
    return _raccogli(iter(_leggi(testo or "")))


def piano(testo: str) -> str:
    """The text as plain lines, for mails and tables: items with a dash or number, links with their address."""
    return _in_righe(blocchi(testo)).strip("\n")


def _leggi(testo: str) -> list[Token]:
    """The tokens of the text, mended so that nothing is lost and no title or link is empty."""
    pezzi = LETTORE.parse(testo)
    if any(pezzo.level >= PROFONDITA - 2 for pezzo in pezzi):
        pezzi = LETTORE_SEMPLICE.parse(testo)
    buoni: list[Token] = []
    salta = 0
    for numero, pezzo in enumerate(pezzi):
        if salta:
            salta -= 1
        elif pezzo.type == "heading_open" and not pezzi[numero + 1].content.strip():
            salta = 2
        else:
            if pezzo.type == "fence" and pezzo.info.strip():
                pezzo.content, pezzo.info = f"{pezzo.info.strip()}\n{pezzo.content}", ""
            if pezzo.children:
                pezzo.children = _con_indirizzi(_collegamenti_con_parole(pezzo.children))
            buoni.append(pezzo)
    return buoni


def _collegamenti_con_parole(pezzi: list[Token]) -> list[Token]:
    buoni: list[Token] = []
    for pezzo in pezzi:
        if pezzo.type == "link_close":
            inizio = max(n for n, p in enumerate(buoni) if p.type == "link_open")
            if not any(p.content.strip() for p in buoni[inizio + 1 :]):
                buoni.append(Token("text", "", 0, content=str(buoni[inizio].attrs["href"])))
        buoni.append(pezzo)
    return buoni


def _con_indirizzi(pezzi: list[Token]) -> list[Token]:
    """The pieces of a line, with what looks like an address of the web made a link where it is not one already."""
    buoni: list[Token] = []
    dentro = 0
    for pezzo in pezzi:
        dentro += pezzo.nesting if pezzo.tag == "a" else 0
        if dentro or pezzo.type != "text":
            buoni.append(pezzo)
            continue
        for numero, parte in enumerate(INDIRIZZO.split(pezzo.content)):
            scritto = Token("text", "", 0, content=parte)
            if numero % 2 and _ammesso(parte):
                apre = Token("link_open", "a", 1, attrs={"href": LETTORE.normalizeLink(parte)})
                buoni += [apre, scritto, Token("link_close", "a", -1)]
            elif parte:
                buoni.append(scritto)
    return buoni


def _raccogli(pezzi: Any, fine: str = "") -> list[dict[str, Any]]:
    """The blocks up to the token `fine`."""
    raccolti: list[dict[str, Any]] = []
    for pezzo in pezzi:
        if pezzo.type == fine:
            break
        if pezzo.type in ("paragraph_open", "heading_open"):
            tipo = "paragrafo" if pezzo.type == "paragraph_open" else "titolo"
            raccolti.append(_blocco(tipo, pezzi=_corse(next(pezzi).children or [])))
            next(pezzi)
        elif pezzo.type == "fence":
            raccolti.append(_blocco("codice", pezzi=[_corsa(pezzo.content.rstrip("\n"), codice=True)]))
        elif pezzo.type == "blockquote_open":
            raccolti.append(_blocco("citazione", voci=[_raccogli(pezzi, "blockquote_close")]))
        elif pezzo.type == "bullet_list_open":
            raccolti.append(_blocco("elenco", voci=_voci(pezzi, "bullet_list_close")))
        elif pezzo.type == "ordered_list_open":
            voci = _voci(pezzi, "ordered_list_close")
            raccolti.append(_blocco("numerato", voci=voci) | {"inizio": int(pezzo.attrs.get("start", 1))})
    return raccolti


def _voci(pezzi: Any, fine: str) -> list[list[dict[str, Any]]]:
    voci = []
    for pezzo in pezzi:
        if pezzo.type == fine:
            break
        voci.append(_raccogli(pezzi, "list_item_close"))
    return voci


def _blocco(tipo: str, *, pezzi: Iterable[dict[str, Any]] = (), voci: Iterable[list] = ()) -> dict[str, Any]:
    return {"tipo": tipo, "pezzi": list(pezzi), "voci": list(voci)}


def _corsa(testo: str, *, grassetto=False, corsivo=False, codice=False, link="") -> dict[str, Any]:
    return {"testo": testo, "grassetto": grassetto, "corsivo": corsivo, "codice": codice, "link": link}


def _corse(pezzi: list[Token]) -> list[dict[str, Any]]:
    """The runs of a line of text, neighbours with the same looks made one."""
    corse: list[dict[str, Any]] = []
    forte, corsivo, link = 0, 0, ""
    for pezzo in pezzi:
        forte += pezzo.nesting if pezzo.tag == "strong" else 0
        corsivo += pezzo.nesting if pezzo.tag == "em" else 0
        if pezzo.tag == "a":
            link = str(pezzo.attrs["href"]) if pezzo.nesting > 0 else ""
        testo = "\n" if pezzo.type in ("softbreak", "hardbreak") else pezzo.content
        if not testo:
            continue
        corsa = _corsa(testo, grassetto=forte > 0, corsivo=corsivo > 0, codice=pezzo.tag == "code", link=link)
        if corse and all(corse[-1][nome] == valore for nome, valore in corsa.items() if nome != "testo"):
            corse[-1]["testo"] += testo
        else:
            corse.append(corsa)
    return corse


def _in_righe(raccolti: list[dict[str, Any]]) -> str:
    return "\n\n".join(_in_riga(blocco) for blocco in raccolti)


def _in_riga(blocco: dict[str, Any]) -> str:
    if blocco["tipo"] == "citazione":
        return _rientra(_in_righe(blocco["voci"][0]), "> ", "> ")
    if blocco["tipo"] in ("elenco", "numerato"):
        segni = [f"{blocco.get('inizio', 1) + n}. " if "inizio" in blocco else "- " for n in range(len(blocco["voci"]))]
        voci = zip(segni, blocco["voci"], strict=True)
        return "\n".join(_rientra(_in_righe(voce), segno, " " * len(segno)) for segno, voce in voci)
    return "".join(_con_indirizzo(link, list(corse)) for link, corse in groupby(blocco["pezzi"], itemgetter("link")))


def _con_indirizzo(link: str, corse: list[dict[str, Any]]) -> str:
    testo, nudo = "".join(corsa["testo"] for corsa in corse), link.removeprefix("mailto:")
    return f"{testo} ({nudo})" if link and testo not in (link, nudo) else testo


def _rientra(testo: str, primo: str, altri: str) -> str:
    righe = testo.split("\n")
    return "\n".join([primo + righe[0], *(f"{altri}{riga}".rstrip() for riga in righe[1:])])
