"""Seals: database triggers that refuse every write on what is approved, even raw SQL, on SQLite and on PostgreSQL.

The guards of the models (`fermi.py`) speak first; these hold for who goes around them. One condition per table and verb,
in SQL both engines read. Who changes the structure of these tables takes the seals off at the beginning of the
migration and puts them back at its end (`togli`, `posa`): SQLite loses them with the table it makes again.
"""

from dataclasses import dataclass
from typing import Any

FERMI_SQL = "('approvato', 'pubblicato')"
MESSAGGIO = "Quello che è stato approvato non si cambia più: per correggerlo c''è la rettifica."
PREFISSO = "fermo_"
# Whether anything is frozen at all.
CI_SONO = (
    f"EXISTS (SELECT 1 FROM incontri_verbale v WHERE v.stato IN {FERMI_SQL})"  # noqa: S608  names of ours only
    " OR EXISTS (SELECT 1 FROM incontri_restituzione d WHERE d.stato = 'pubblicata')"
)

# Whether the row {r} is frozen, by what it hangs on; and the minutes it hangs on, to be held while the row is written.
_DEL_VERBALE = "SELECT 1 FROM incontri_verbale v WHERE v.{chiave} = {{r}}.{colonna}"
_DELL_INCONTRO = _DEL_VERBALE.format(chiave="incontro_id", colonna="incontro_id")
_DEL_SUO_VERBALE = _DEL_VERBALE.format(chiave="uuid", colonna="verbale_id")
_DEL_PUNTO = (
    "SELECT 1 FROM incontri_verbale v JOIN incontri_puntoodg p ON p.incontro_id = v.incontro_id"
    " WHERE p.uuid = {r}.punto_id"
)
# Of the restitution documents: whether the one the row {r} belongs to is published.
_DEL_DOCUMENTO = (
    "EXISTS (SELECT 1 FROM incontri_restituzione d WHERE d.uuid = {{r}}.{colonna} AND d.stato = 'pubblicata')"
)
_DELLA_SEZIONE = (
    "EXISTS (SELECT 1 FROM incontri_restituzione d JOIN incontri_sezionerestituzione s ON s.restituzione_id = d.uuid"
    " WHERE s.uuid = {r}.sezione_id AND d.stato = 'pubblicata')"
)


@dataclass(frozen=True)
class Tabella:
    """A table whose rows may be frozen.

    `verbali` selects the minutes a row hangs on; `ferma` is the condition where it does not hang on any. `libere` are
    columns that may change all the same, `persone` those that may become NULL when an account is removed; `uniche` the
    groups of columns by which SQLite's REPLACE would throw a frozen row away. `passaggio` is the one change allowed to
    the columns `in_passaggio`. A history (`storia`) takes in new rows.
    """

    nome: str
    verbali: str = ""
    ferma: str = ""
    padre: str = ""
    libere: tuple[str, ...] = ()
    persone: tuple[str, ...] = ()
    uniche: tuple[tuple[str, ...], ...] = ()
    in_passaggio: tuple[str, ...] = ()
    passaggio: str = ""
    storia: bool = False

    @property
    def chiave(self) -> str:
        """The primary key."""
        return "history_id" if self.storia else "uuid"

    def fermo(self, riga: str) -> str:
        """The condition that the row of this alias is frozen."""
        return self.ferma.format(r=riga) if self.ferma else f"EXISTS ({self.dei_verbali(riga)})"

    def dei_verbali(self, riga: str) -> str:
        """The approved minutes the row of this alias hangs on."""
        return f"{self.verbali.format(r=riga)} AND v.stato IN {FERMI_SQL}"


def _storia(nome: str, persone: tuple[str, ...], **altro: Any) -> Tabella:
    return Tabella(f"incontri_historical{nome}", persone=("history_user_id", *persone), storia=True, **altro)


TABELLE = (
    Tabella(
        "incontri_verbale",
        ferma=f"{{r}}.stato IN {FERMI_SQL}",
        persone=("autore_id", "verbalizzante_id"),
        uniche=(("incontro_id",),),
        in_passaggio=("stato", "pubblicato_il", "aggiornato"),
        passaggio="OLD.stato = 'approvato' AND NEW.stato = 'pubblicato' AND NEW.pubblicato_il IS NOT NULL",
    ),
    Tabella(
        "incontri_incontro",
        verbali=_DEL_VERBALE.format(chiave="incontro_id", colonna="uuid"),
        libere=("pubblico", "slug", "ordine", "aggiornato"),
        persone=("autore_id", "presiede_id"),
        uniche=(("slug",),),
    ),
    Tabella("incontri_puntoodg", verbali=_DELL_INCONTRO, padre="incontro_id"),
    Tabella("incontri_voce", verbali=_DEL_PUNTO, padre="punto_id", persone=("autore_id",)),
    Tabella("incontri_presenza", verbali=_DELL_INCONTRO, padre="incontro_id", persone=("utente_id",)),
    Tabella("incontri_osservazione", verbali=_DEL_SUO_VERBALE, padre="verbale_id", persone=("autore_id",)),
    Tabella("incontri_allegato", verbali=_DELL_INCONTRO, padre="incontro_id", persone=("autore_id",)),
    Tabella("incontri_originale", ferma="1 = 1", persone=("autore_id",), uniche=(("verbale_id",),)),
    Tabella(
        "incontri_rettifica",
        ferma="{r}.stato = 'approvata'",
        persone=("autore_id",),
        uniche=(("verbale_id", "numero"),),
    ),
    _storia("verbale", ("autore_id", "verbalizzante_id"), verbali=_DEL_VERBALE.format(chiave="uuid", colonna="uuid")),
    _storia(
        "incontro",
        ("autore_id", "presiede_id"),
        verbali=_DEL_VERBALE.format(chiave="incontro_id", colonna="uuid"),
    ),
    _storia("puntoodg", (), verbali=_DELL_INCONTRO),
    _storia("voce", ("autore_id",), verbali=_DEL_PUNTO),
    _storia("presenza", ("utente_id",), verbali=_DELL_INCONTRO),
    _storia("osservazione", ("autore_id",), verbali=_DEL_SUO_VERBALE),
    _storia("allegato", ("autore_id",), verbali=_DELL_INCONTRO),
    _storia(
        "rettifica",
        ("autore_id",),
        ferma="EXISTS (SELECT 1 FROM incontri_rettifica a WHERE a.uuid = {r}.uuid AND a.stato = 'approvata')",
    ),
    Tabella(
        "incontri_restituzione",
        ferma="{r}.stato = 'pubblicata'",
        persone=("autore_id",),
        uniche=(("slug",), ("anno", "numero")),
    ),
    Tabella(
        "incontri_sezionerestituzione",
        ferma=_DEL_DOCUMENTO.format(colonna="restituzione_id"),
        padre="restituzione_id",
        uniche=(("restituzione_id", "genere"),),
    ),
    Tabella("incontri_commentorestituzione", ferma=_DELLA_SEZIONE, padre="sezione_id", persone=("autore_id",)),
    Tabella("incontri_originalerestituzione", ferma="1 = 1", persone=("autore_id",), uniche=(("restituzione_id",),)),
    _storia("restituzione", ("autore_id",), ferma=_DEL_DOCUMENTO.format(colonna="uuid")),
    _storia("sezionerestituzione", (), ferma=_DEL_DOCUMENTO.format(colonna="restituzione_id")),
    _storia("commentorestituzione", ("autore_id",), ferma=_DELLA_SEZIONE),
)


def condizione(tabella: Tabella, verbo: str, colonne: list[str], diverso: str) -> str:
    """When `verbo` (INSERT, UPDATE, DELETE) on a row of the table is refused; `diverso` is the engine's "is not"."""
    if verbo == "DELETE":
        return tabella.fermo("OLD")
    # A row that would push a frozen one out (INSERT OR REPLACE, UPDATE OR REPLACE).
    gruppi = [*tabella.uniche, *([(tabella.chiave,)] if verbo == "INSERT" else [])]
    altra = [f"x.{tabella.chiave} <> NEW.{tabella.chiave}"] if verbo == "UPDATE" else []
    scaccia = [
        _esiste(tabella.nome, [*(f"x.{c} = NEW.{c}" for c in gruppo), *altra, tabella.fermo("x")]) for gruppo in gruppi
    ]
    if verbo == "INSERT":
        return " OR ".join(([tabella.fermo("NEW")] if tabella.padre else []) + scaccia)
    liberi = {*tabella.libere, *tabella.persone, *tabella.in_passaggio}
    cambia = [f"NEW.{c} {diverso} OLD.{c}" for c in colonne if c not in liberi]
    cambia += [f"(NEW.{c} IS NOT NULL AND NEW.{c} {diverso} OLD.{c})" for c in tabella.persone]
    if tabella.passaggio:
        tocca = " OR ".join(f"NEW.{c} {diverso} OLD.{c}" for c in tabella.in_passaggio)
        cambia.append(f"(({tocca}) AND NOT ({tabella.passaggio}))")
    rifiuti = [f"({tabella.fermo('OLD')} AND ({' OR '.join(cambia)}))", *scaccia]
    # A key never changes: a row could take the place of a frozen one.
    rifiuti.append(f"NEW.{tabella.chiave} <> OLD.{tabella.chiave}")
    if tabella.padre:
        rifiuti.append(f"(NEW.{tabella.padre} {diverso} OLD.{tabella.padre} AND {tabella.fermo('NEW')})")
    return " OR ".join(rifiuti)


def _esiste(tabella: str, dove: list[str]) -> str:
    return f"EXISTS (SELECT 1 FROM {tabella} x WHERE {' AND '.join(dove)})"  # noqa: S608  names of ours only
