"""What in a text looks like the data of a private person: the portal is about groups and services, never about a case.

Pure functions on plain text. They look for shapes, so they can be wrong both ways: whoever uses them warns, and refuses
only what is `grave`, a fiscal code whose check character is right, for that is one person and nobody else.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

CODICE_FISCALE, TELEFONO, EMAIL, PERSONA, NASCITA, IBAN, INDIRIZZO = (
    "un codice fiscale",
    "un numero di telefono",
    "un indirizzo e-mail",
    "una persona",
    "una data di nascita",
    "un IBAN",
    "un indirizzo di casa",
)


@dataclass(frozen=True, order=True)
class Indizio:
    """Something that looks private: where it stands in the text, what it looks like, its words."""

    inizio: int
    fine: int
    tipo: str
    testo: str

    @property
    def grave(self) -> bool:
        """Whether it names one person beyond doubt."""
        return self.tipo == CODICE_FISCALE


def indizi(testo: str) -> list[Indizio]:
    """What in the text looks private, in its order; of two that overlap, the first found by the more certain rule."""
    trovati: list[Indizio] = []
    for tipo, regola in _REGOLE:
        for inizio, fine in regola(testo):
            if all(fine <= t.inizio or inizio >= t.fine for t in trovati):
                trovati.append(Indizio(inizio, fine, tipo, testo[inizio:fine]))
    return sorted(trovati)


def in_parole(testi: Iterable[str]) -> str:
    """What looks private in these texts, each thing once: `«Anna» sembra una persona; …`; empty if nothing does."""
    return "; ".join(dict.fromkeys(f"«{i.testo}» sembra {i.tipo}" for testo in testi for i in indizi(testo)))


# --- Codice fiscale: D.M. 23 dicembre 1976, check character and "omocodia" (letters in the place of digits) --------------
_OMOCODIA = str.maketrans("LMNPQRSTUV", "0123456789")
_CIFRA = "[0-9LMNPQRSTUV]"
# Written as one word or in pieces, as people copy it: "RSSMRA 85T10 F205X", "RSSMRA-85T10-F205X".
_STACCO = r"[\s\xa0\u200b\u2010-\u2013\xad./_*-]{0,3}"
_CODICE = re.compile(
    r"(?<![A-Z0-9])(?=("
    + _STACCO.join([*["[A-Z]"] * 6, _CIFRA, _CIFRA, "[ABCDEHLMPRST]", _CIFRA, _CIFRA, "[A-Z]", *[_CIFRA] * 3, "[A-Z]"])
    + r")(?![A-Z0-9]))",
    re.IGNORECASE | re.ASCII,
)
_DISPARI = dict(
    zip("0123456789", (1, 0, 5, 7, 9, 13, 15, 17, 19, 21), strict=True),
) | dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23),
        strict=True,
    )
)


def carattere_di_controllo(primi: str) -> str:
    """The sixteenth character of a fiscal code, from its first fifteen (capital letters and digits)."""
    valori = (
        _DISPARI[c] if posto % 2 == 0 else int(c, 36) - (10 if c.isalpha() else 0) for posto, c in enumerate(primi)
    )
    return chr(ord("A") + sum(valori) % 26)


def _codici_fiscali(testo: str) -> Iterator[tuple[int, int]]:
    for trovato in _CODICE.finditer(testo):
        scritto = trovato.group(1)
        codice = re.sub(r"[^A-Z0-9]", "", scritto.upper())
        if len(scritto) > len(codice) and not re.search("[0-9]", codice):
            continue  # Words in a row that happen to have the shape: a code in pieces has some figure left.
        giorno = int(codice[9:11].translate(_OMOCODIA))
        if codice[15] == carattere_di_controllo(codice[:15]) and (1 <= giorno <= 31 or 41 <= giorno <= 71):
            yield trovato.span(1)


# --- IBAN: ISO 13616, the remainder of the division by 97 is 1 -----------------------------------------------------------
_IBAN = re.compile(r"(?<![A-Za-z0-9])IT[0-9]{2} ?[A-Z](?: ?[0-9A-Z]){22}(?![A-Za-z0-9])", re.IGNORECASE)


def _iban(testo: str) -> Iterator[tuple[int, int]]:
    for trovato in _IBAN.finditer(testo):
        codice = trovato.group().replace(" ", "").upper()
        if int("".join(str(int(c, 36)) for c in codice[4:] + codice[:4])) % 97 == 1:
            yield trovato.span()


# --- E-mail: whoever's it is, it has no place among aggregates -----------------------------------------------------------
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.ASCII)


def _email(testo: str) -> Iterator[tuple[int, int]]:
    return (trovato.span() for trovato in _EMAIL.finditer(testo))


# --- Telephone numbers ---------------------------------------------------------------------------------------------------
_SEP = r"[ ./-]?"
# Mobiles begin with 3 and have nine or ten digits, landlines with 0 and have six to eleven; toll-free and short ones are nobody's.
_NUMERO = re.compile(
    rf"(?<![\w.,/+-])(?:(?:\+|00)39{_SEP})?(?:\(?3[0-9]{{2}}\)?(?:{_SEP}[0-9]){{6,7}}|\(?0[1-9][0-9]{{0,2}}\)?(?:{_SEP}[0-9]){{4,8}})(?![\w%€]|[.,/-][0-9])"
)
_DATA = re.compile(r"[0-9]{1,2}[ ./-][0-9]{1,2}[ ./-](?:[0-9]{4}|[0-9]{2})")
_PRIMA_DI_UN_PREZZO = re.compile(r"(?:€|euro|eur|protocollo|prot\.?|delibera|n\.|nr\.|cig|cup)\s*$", re.IGNORECASE)
_DOPO_UN_PREZZO = re.compile(r"\s*(?:€|euro\b|%|per cento\b|person[ae]\b|abitanti\b|resident[ei]\b)", re.IGNORECASE)


def _telefoni(testo: str) -> Iterator[tuple[int, int]]:
    for trovato in _NUMERO.finditer(testo):
        inizio, fine = trovato.span()
        parole = trovato.group()
        cifre = re.sub(r"\D", "", parole)
        if _DATA.fullmatch(parole) or re.match(r"[0-9]{2}[./-][0-9]{2}[./-][0-9]{4}", parole):
            continue
        if cifre.startswith("0") and not cifre.startswith("0039") and len(cifre) < 8:
            continue
        if not _PRIMA_DI_UN_PREZZO.search(testo[max(0, inizio - 14) : inizio]) and not _DOPO_UN_PREZZO.match(
            testo, fine
        ):
            yield inizio, fine


# --- Dates of birth ------------------------------------------------------------------------------------------------------
_MESI = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
]
_NASCITA = re.compile(
    r"\b(?:nat[oaie]|nascita|n\.)\b[^.\n]{0,40}?"
    rf"([0-9]{{1,2}}(?:[ ./-](?:[0-9]{{1,2}}|{'|'.join(_MESI)})[ ./-])[0-9]{{4}})",
    re.IGNORECASE,
)


def _nascite(testo: str) -> Iterator[tuple[int, int]]:
    for trovato in _NASCITA.finditer(testo):
        giorno, mese, anno = re.split(r"[ ./-]", trovato.group(1))
        numero = int(mese) if mese.isdecimal() else _MESI.index(mese.lower()) + 1
        try:
            date(int(anno), numero, int(giorno))
        except ValueError:
            continue
        yield trovato.span()


# --- People by title and name --------------------------------------------------------------------------------------------
_TITOLI = (
    r"(?i:sig\.?\s?ra|sig\.?\s?na|sig\.|signor[ae]?|signorina|dott\.?\s?ssa|dott\.|dottor(?:e|essa)?|prof\.?\s?ssa|prof\.|avv\.|ing\."
    r"|minore|minorenne|bambin[oa]|ragazz[oa]|alunn[oa]|studente(?:ssa)?|paziente|utente|assistit[oa]|madre|padre|figli[oa])"
)
_NOME = r"[A-ZÀ-Ý][a-zà-ÿ'’]+"
_PERSONA = re.compile(rf"\b{_TITOLI}\s+(?:di nome\s+)?({_NOME}(?:\s+{_NOME}){{0,2}}|[A-Z]\.\s?[A-Z]\.)(?![\w])")
# Words with a capital letter after such a title that are no name: "Signora Presidente", "utente Spazio Immigrazione".
_NON_NOMI = re.compile(
    r"(?:President|Sindac|Assessor|Direttor|Direttric|Coordinat|Referent|Dirigent|Segretari|Consiglier|Responsabil|Tavolo|Comun|"
    r"Spazio|Servizi|Consultori|Neuropsichiatri|Ambito|Regione|Scuola|Istituto|Stat|Garante|Minist|Prefett|Questor|Medic|Pediatr)"
)


def _persone(testo: str) -> Iterator[tuple[int, int]]:
    return (t.span() for t in _PERSONA.finditer(testo) if not _NON_NOMI.match(t.group(1)))


# --- Addresses with a house number, where somebody lives ----------------------------------------------------------------
_ABITA = re.compile(
    r"\b(?i:abita(?:no|nte)?|resident[ei]|risied[eo](?:no)?|domiciliat[oaie]|vive|vivono|casa)\b[^.\n]{0,40}?\b"
    r"(?i:via|viale|piazza|piazzale|corso|largo|vicolo|strada)\s+[A-ZÀ-Ý0-9][\w'’. ]{1,40}?,?\s(?:n\.?\s?)?[0-9]{1,4}[a-zA-Z]?\b"
)
_CON_CIVICO = re.compile(
    r"\b(?i:via|viale|piazza|piazzale|corso|largo|vicolo)\s+[A-ZÀ-Ý][\w'’]*(?:\s+[\w'’]+){0,4}?,?\s+(?:n\.?\s?)?[0-9]{1,4}[a-zA-Z]?\b(?![.,/-]?[0-9])"
)


def _indirizzi(testo: str) -> Iterator[tuple[int, int]]:
    return (t.span() for t in chain(_ABITA.finditer(testo), _CON_CIVICO.finditer(testo)))


# The more certain first.
_REGOLE: tuple[tuple[str, Callable[[str], Iterator[tuple[int, int]]]], ...] = (
    (CODICE_FISCALE, _codici_fiscali),
    (IBAN, _iban),
    (EMAIL, _email),
    (NASCITA, _nascite),
    (TELEFONO, _telefoni),
    (PERSONA, _persone),
    (INDIRIZZO, _indirizzi),
)
