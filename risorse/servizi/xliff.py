"""XLIFF 1.2 (OASIS, 1 February 2008): what a translator's program opens, written and read.

The files that come in are strangers': no DTD, no entity, no more than `BYTE_MASSIMI`, no more units than an import may have.
"""

import io
import re
from collections.abc import Iterable
from typing import Any, NamedTuple
from xml.sax.saxutils import XMLGenerator

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.conf import settings
from django.utils.xmlutils import SimplerXMLGenerator

from risorse.servizi.coda_traduzioni import Scheda, Stato, Voce
from tavolo.base.formati import FileNonLeggibile

SPAZIO = "urn:oasis:names:tc:xliff:document:1.2"
BYTE_MASSIMI = 5 * 1024 * 1024
# Section 2.5, values of the attribute `state` of <target>.
STATI = {
    Stato.MANCANTE: "needs-translation",
    Stato.SUPERATA: "needs-translation",
    Stato.DA_RIVEDERE: "needs-review-translation",
    Stato.VERIFICATA: "final",
}
DA_RIFARE, FINITI = {"new", "needs-translation", "needs-adaptation", "needs-l10n"}, {"final", "signed-off"}
_CONTROLLO = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class UnitaLetta(NamedTuple):
    """One <trans-unit>: its id, source, target, and whether the target is finished, or still to be done."""

    chiave: str
    italiano: str
    testo: str
    finita: bool
    da_rifare: bool


def scrivi(schede: Iterable[Scheda], lingua: str) -> bytes:
    """The texts of the cards as one XLIFF file into `lingua`: one group a card, one unit a field."""
    uscita = io.BytesIO()
    xml: XMLGenerator = SimplerXMLGenerator(uscita, "utf-8", short_empty_elements=True)
    xml.startDocument()
    xml.startElement("xliff", _attributi(version="1.2", xmlns=SPAZIO))
    intestazione = {"original": "tavolo-intercultura", "datatype": "plaintext", "source-language": "it"}
    xml.startElement("file", _attributi(**intestazione, **{"target-language": lingua}))
    xml.startElement("body", _attributi())
    for scheda in schede:
        xml.startElement("group", _attributi(id=f"{scheda.tipo}|{scheda.oggetto.pk}", resname=scheda.nome))
        for voce in scheda.voci:
            _unita(xml, scheda, voce)
        xml.endElement("group")
    for nome in ("body", "file", "xliff"):
        xml.endElement(nome)
    xml.endDocument()
    return uscita.getvalue()


def leggi(contenuto: bytes) -> tuple[str, list[UnitaLetta]]:
    """The language a file translates into and its units; raises FileNonLeggibile for what is not such a file."""
    if len(contenuto) > BYTE_MASSIMI:
        raise FileNonLeggibile("Il file è troppo grande: il massimo è 5 MB.")
    try:
        radice = fromstring(contenuto, forbid_dtd=True)
    except DefusedXmlException as errore:
        raise FileNonLeggibile("Il file ha dentro un DTD o delle entità: non lo leggiamo.") from errore
    except (ParseError, ValueError, LookupError) as errore:
        raise FileNonLeggibile("Il file non è XML, oppure è rovinato.") from errore
    if radice.tag != f"{{{SPAZIO}}}xliff":
        raise FileNonLeggibile("Il file non è un XLIFF 1.2.")
    lingue, unita = set(), []
    for file in radice.iter(f"{{{SPAZIO}}}file"):
        if file.get("source-language", "").lower() != settings.LANGUAGE_CODE:
            raise FileNonLeggibile("Il file non traduce dall'italiano (source-language).")
        lingue.add(file.get("target-language", ""))
        unita += [_letta(una) for una in file.iter(f"{{{SPAZIO}}}trans-unit")]
    if len(lingue) != 1:
        raise FileNonLeggibile("Il file deve tradurre in una lingua sola (target-language).")
    if len(unita) > settings.RIGHE_MASSIME_IMPORTAZIONE:
        raise FileNonLeggibile(f"Il file ha {len(unita)} unità: il massimo è {settings.RIGHE_MASSIME_IMPORTAZIONE}.")
    return lingue.pop(), unita


def _unita(xml: Any, scheda: Scheda, voce: Voce) -> None:
    chiave = f"{voce.riga._meta.model_name}|{voce.riga.pk}|{voce.campo}"
    attributi = {"id": chiave, "resname": voce.etichetta, "xml:space": "preserve"}
    if voce.stato == Stato.VERIFICATA:
        attributi["approved"] = "yes"
    xml.startElement("trans-unit", _attributi(**attributi))
    xml.addQuickElement("source", _pulito(voce.italiano))
    testo = voce.traduzione.testo if voce.traduzione else ""
    xml.addQuickElement("target", _pulito(testo), _attributi(state=STATI[Stato(voce.stato)]))
    xml.addQuickElement("note", _pulito(f"{Stato(voce.stato).label}. {scheda.nome}: {voce.etichetta}."))
    if voce.stato == Stato.SUPERATA and voce.traduzione and voce.traduzione.italiano:
        xml.addQuickElement("note", _pulito(f"Prima in italiano era: {voce.traduzione.italiano}"))
    xml.endElement("trans-unit")


def _letta(elemento: Any) -> UnitaLetta:
    sorgente, arrivo = (elemento.find(f"{{{SPAZIO}}}{nome}") for nome in ("source", "target"))
    stato = "" if arrivo is None else arrivo.get("state", "")
    return UnitaLetta(
        chiave=elemento.get("id", ""),
        italiano=_testo_di(sorgente),
        testo=_testo_di(arrivo).strip(),
        finita=stato in FINITI or (elemento.get("approved") == "yes" and stato not in DA_RIFARE),
        da_rifare=stato in DA_RIFARE,
    )


def _testo_di(elemento: Any) -> str:
    """The text of an element; of the marks a program puts inside it, what they hold."""
    return "" if elemento is None else "".join(elemento.itertext())


def _attributi(**attributi: str) -> Any:
    return {nome: _pulito(valore) for nome, valore in attributi.items()}


def _pulito(testo: str) -> str:
    """Without the characters XML cannot hold."""
    return _CONTROLLO.sub("", testo)
