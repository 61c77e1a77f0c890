"""The card one shows at the desk: what to say and what to bring, in Italian and in one's own language."""

from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import get_language_info, gettext, gettext_noop, override

from risorse.models import Risorsa
from risorse.servizi.traduzioni import traduci

# The languages of the interface as one says them in a sentence ("parlo arabo").
NOMI = {
    "en": gettext_noop("inglese"),
    "es": gettext_noop("spagnolo"),
    "ar": gettext_noop("arabo"),
    "fr": gettext_noop("francese"),
    "zh-hans": gettext_noop("cinese"),
}
CERCO = gettext_noop("Buongiorno, cerco questo servizio:")
PARLO = gettext_noop("Parlo %(lingua)s. C'è qualcuno che parla %(lingua)s, o una mediatrice o un mediatore?")
PIANO = gettext_noop("Per favore parli piano e con parole semplici.")
SCRIVA = gettext_noop("Per favore scriva qui giorno, ora e che cosa devo portare:")
PORTARE = gettext_noop("Che cosa portare")


class Frase(NamedTuple):
    """The same words twice: in Italian, and in the other language (empty: there is none, or it is Italian)."""

    italiano: str
    altra: str


class Sportello(NamedTuple):
    """The whole card. `lingua` is the code of the other language, `dir` how it is written; Italian if there is none."""

    lingua: str
    nome_lingua: str
    dir: str
    cerco: Frase
    servizio: Frase
    parlo: Frase
    piano: Frase
    portare: Frase
    documenti: list[Frase]
    scriva: Frase


def per_lo_sportello(risorsa: Risorsa, lingua: str) -> Sportello:
    """The card of a service with its required documents, in Italian and in `lingua`, a language of the interface.

    A text without an up-to-date translation is there in Italian alone.
    """
    documenti = list(risorsa.documenti.all())
    traduci(risorsa, documenti, lingua=lingua)
    informazioni = get_language_info(lingua)
    nome = NOMI.get(lingua, "")
    return Sportello(
        lingua=lingua,
        nome_lingua=str(dict(settings.LANGUAGES)[lingua]),
        dir="rtl" if informazioni["bidi"] else "ltr",
        cerco=_frase(CERCO, lingua),
        servizio=_testo(risorsa, lingua),
        parlo=_frase(PARLO, lingua, nome) if nome else Frase("", ""),
        piano=_frase(PIANO, lingua),
        portare=_frase(PORTARE, lingua),
        documenti=[_testo(documento, lingua) for documento in documenti],
        scriva=_frase(SCRIVA, lingua),
    )


def _frase(testo: str, lingua: str, nome: str = "") -> Frase:
    italiano = _in(settings.LANGUAGE_CODE, testo, nome)
    altra = _in(lingua, testo, nome)
    return Frase(italiano, "" if altra == italiano else altra)


def _in(codice: str, testo: str, nome: str) -> str:
    with override(codice):
        return gettext(testo) % {"lingua": gettext(nome)} if nome else gettext(testo)


def _testo(oggetto: Any, lingua: str) -> Frase:
    scritto = oggetto.scritto("nome")
    tradotto = scritto.testo if scritto.lingua == lingua != settings.LANGUAGE_CODE else ""
    return Frase(oggetto.nome, tradotto)
