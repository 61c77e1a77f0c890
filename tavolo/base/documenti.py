"""Documents in PDF, set by typst from templates of ours: tagged (PDF/UA-1), no system library, fonts for every script.

The data go in as JSON, never into the source of the template. The fonts come with the set-up (frontend/build.mjs).
"""

from datetime import datetime
from functools import lru_cache
from typing import Any

import orjson
import segno
import typst
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

# In the order in which a glyph is looked for.
FAMIGLIE = (
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Bengali",
    "Noto Sans Devanagari",
    "Noto Sans Ethiopic",
    "Noto Sans Sinhala",
    "Noto Sans SC",
)
# PDF/UA-1 for what is read and thrown away; with PDF/A-2a for what is kept (A-4 and UA-1 exclude each other).
ACCESSIBILE, DA_CONSERVARE = ("ua-1",), ("a-2a", "ua-1")
# What typst says of a letter no font has; PDF/UA refuses the whole document for it.
_SENZA_LETTERA = "could not be displayed"


class DocumentoNonRiuscito(Exception):
    """The template cannot be set with these data; the message is typst's."""


@lru_cache(maxsize=1)
def _caratteri() -> typst.Fonts:
    caratteri = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(settings.CARTELLA_FONT)]
    )
    mancanti = sorted(set(FAMIGLIE) - set(caratteri.families()))
    if mancanti:
        raise ImproperlyConfigured(
            f"Mancano i caratteri {', '.join(mancanti)} in {settings.CARTELLA_FONT}: esegui «make var/.static»."
        )
    return caratteri


def pdf(
    modello: str, dati: dict[str, Any], *, norme: tuple[str, ...] = ACCESSIBILE, momento: datetime | None = None
) -> bytes:
    """The PDF of `templates/<modello>` in these standards; it reads `dati` with `json(bytes(sys.inputs.dati))`.

    With `momento` as the moment it was made, the same data give the same bytes. With a letter in it that none of our
    fonts has it is a tagged PDF all the same, but in no standard, and an empty box stands for the letter. Raises
    DocumentoNonRiuscito if the template cannot be set, ImproperlyConfigured if the fonts are not there.
    """
    try:
        return _compila(modello, dati, norme, momento)
    except typst.TypstError as errore:
        if _SENZA_LETTERA not in str(errore):
            raise DocumentoNonRiuscito(str(errore)) from errore
    return _compila(modello, dati, (), momento)


@lru_cache(maxsize=8)
def png(svg: str) -> bytes:
    """The drawing as PNG, 17 cm across at 200 dots an inch; the same drawing gives the same bytes.

    Raises DocumentoNonRiuscito if it is no drawing.
    """
    radice = settings.RADICE / "templates"
    try:
        return typst.compile(
            str(radice / "documenti" / "figura.typ"),
            root=str(radice),
            font_paths=_caratteri(),
            sys_inputs={"dati": orjson.dumps({"svg": svg}).decode()},
            format="png",
            ppi=200,
        )
    except typst.TypstError as errore:
        raise DocumentoNonRiuscito(str(errore)) from errore


def _compila(modello: str, dati: dict[str, Any], norme: Any, momento: datetime | None) -> bytes:
    radice = settings.RADICE / "templates"
    return typst.compile(
        str(radice / modello),
        root=str(radice),
        font_paths=_caratteri(),
        sys_inputs={"dati": orjson.dumps(dati).decode(), "famiglie": "|".join(FAMIGLIE)},
        format="pdf",
        pdf_standards=list(norme),
        timestamp=int(momento.timestamp()) if momento else None,
    )


def qr(indirizzo: str) -> str:
    """A QR code of the address as SVG, with the quiet zone scanners need."""
    return segno.make(indirizzo, error="m").svg_inline(border=4, omitsize=True)
