"""Template tags and filters of the portal's pages. They are builtins: no template has to load them."""

import datetime
import json
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import translate_url
from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from tavolo.base.italiano import elidi
from tavolo.base.telefono import telefono
from tavolo.base.testo import html, piano

register = template.Library()
register.filter("telefono", telefono)
register.filter("elidi", elidi, is_safe=True)
register.filter("commonmark", html)
register.filter("piano", piano)


# "Read in …", each in its own language whatever the page's: for who meets a page in another one.
INVITI = {
    "en": "Read in English",
    "es": "Leer en español",
    "ar": "اقرأ بالعربية",
    "fr": "Lire en français",
    "zh-hans": "阅读中文版",
}


class VoceLingua(NamedTuple):
    """One entry of the language switch."""

    codice: str
    nome: str
    invito: str
    dir: str
    corrente: bool
    url: str


@register.simple_tag
def icona(nome: str, classe: str = "", titolo: str = "") -> SafeString:
    """Draw an icon of the built sprite; it is decoration unless `titolo` gives it a name of its own."""
    classi = f"icon {classe}".strip()
    uso = f"{static('portale/icone.svg')}#{nome}"
    if titolo:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"></use></svg>', classi, titolo, uso
        )
    return format_html('<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', classi, uso)


@register.simple_tag(takes_context=True)
def url_in_lingua(context: Context, codice: str) -> str:
    """The address of this page, filters included, in another language; the page itself where it has none."""
    request = context.get("request")
    return translate_url(request.get_full_path() if request else "/", codice)


@register.simple_tag
def url_di_lingua(indirizzo: str, codice: str) -> str:
    """Another address of the portal in another language."""
    return translate_url(indirizzo, codice)


def verso(codice: str) -> str:
    """How a language is written: "rtl" or "ltr"."""
    return "rtl" if codice.split("-")[0] in settings.LANGUAGES_BIDI else "ltr"


@register.simple_tag(takes_context=True)
def lingue(context: Context) -> list[VoceLingua]:
    """The interface languages by their own names, for `{% lingue as elenco %}`."""
    corrente = translation.get_language()
    voci = []
    for codice, nome in settings.LANGUAGES:
        voci.append(
            VoceLingua(
                codice=codice,
                nome=str(nome),  # as `dati/lingue.csv` writes it too, not as Django does
                invito=INVITI.get(codice, str(nome)),
                dir=verso(codice),
                corrente=codice == corrente,
                url=url_in_lingua(context, codice),
            )
        )
    return voci


@register.simple_tag
def testo(oggetto: Any, campo: str) -> SafeString:
    """Write a field of a card or term in the reader's language, or the Italian original, marked as what it is."""
    scritto = oggetto.scritto(campo)
    return format_html('<bdi lang="{}">{}</bdi>', scritto.lingua, scritto.testo) if scritto.testo else mark_safe("")


@register.simple_tag
def lingua_di(oggetto: Any, campo: str) -> SafeString:
    """The attributes of a block that holds nothing but a field: its language and direction."""
    lingua = oggetto.scritto(campo).lingua
    return format_html(' lang="{}" dir="{}"', lingua, verso(lingua))


@register.filter("testo")
def solo_testo(oggetto: Any, campo: str) -> str:
    """A field of a card or term in the reader's language, else in Italian, where no mark can stand: titles, blocks."""
    return oggetto.testo(campo)


@register.simple_tag(takes_context=True)
def corrente(context: Context, indirizzo: str, *tranne: str) -> SafeString:
    """Mark the menu entry of this page ("page") or of its section ("true"), unless an entry of `tranne` is nearer."""
    request = context.get("request")
    qui = request.path if request else ""
    if not indirizzo or not qui.startswith(indirizzo) or any(voce and qui.startswith(voce) for voce in tranne):
        return mark_safe("")
    return format_html(' aria-current="{}"', "page" if qui == indirizzo else "true")


# What could end the element, or start a comment inside it, written as JavaScript's own escapes: still the same JSON.
_IN_UNO_SCRIPT = {ord(segno): f"\\u{ord(segno):04x}" for segno in "<>&\u2028\u2029"}


@register.simple_tag
def dati_strutturati(dati: dict[str, Any]) -> SafeString:
    """JSON-LD for machines, where the PA's validator looks for it; nothing in it can break out of the element."""
    testo = json.dumps(dati, ensure_ascii=False).translate(_IN_UNO_SCRIPT)
    return format_html(
        '<script type="application/ld+json" data-element="metatag">{}</script>',
        mark_safe(testo),  # noqa: S308 - escaped above
    )


@register.filter
def avvolgi(contenuto: str, modello: str) -> str:
    """Put what a child template wrote into the frame `modello`, nothing when it wrote nothing: see base.html."""
    return render_to_string(modello, {"contenuto": contenuto}) if contenuto.strip() else ""


@register.filter
def pagine(pagina: Page) -> list[int | str]:
    """The page numbers to show around the current one, with an ellipsis for what is left out."""
    return list(pagina.paginator.get_elided_page_range(pagina.number, on_each_side=1, on_ends=1))


@register.filter
def data_parziale(valore: str | None) -> str:
    """An ISO date of reduced precision ("2022", "2022-09", "2022-09-15") as people write it; other text unchanged."""
    testo = (valore or "").strip()
    try:
        parti = [int(parte) for parte in testo.split("-")]
        if len(parti) not in (2, 3):
            return testo
        anno, mese, giorno = [*parti, 1][:3]
        data = datetime.date(anno, mese, giorno)
    except ValueError:
        return testo
    scritta = date_format(data, "DATE_FORMAT" if len(parti) == 3 else "YEAR_MONTH_FORMAT").lstrip("0")
    # Django's Italian catalogue writes the months with a capital letter; Italian does not.
    return scritta.lower() if translation.get_language() == "it" else scritta


@register.filter
def data_non_detta(valore: str | None, testo: str) -> str:
    """The date as `data_parziale` writes it, empty where `testo`, in Italian, already says it."""
    with translation.override(settings.LANGUAGE_CODE):
        detta = data_parziale(valore)
    return "" if detta and detta in testo.lower() else data_parziale(valore)
