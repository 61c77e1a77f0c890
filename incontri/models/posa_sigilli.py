"""Putting the seals on a database, taking them off, and telling which ones are missing or were altered."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from incontri.models.sigilli import CI_SONO, MESSAGGIO, PREFISSO, TABELLE, Tabella, condizione

_VERBI = ("INSERT", "UPDATE", "DELETE")


def posa(connessione: Any) -> None:
    """Put every seal on the database, those already there made again."""
    # Together: nobody writes while they are off.
    with transaction.atomic(using=connessione.alias), connessione.cursor() as cursore:
        togli(connessione)
        for comandi in _comandi(connessione).values():
            for comando in comandi:
                cursore.execute(comando)


def togli(connessione: Any) -> None:
    """Take every seal off: for who changes the structure of the tables, and for the end of a test."""
    with connessione.cursor() as cursore:
        for nome in _presenti(connessione, cursore):
            tabella = nome.removeprefix(PREFISSO).rpartition("_")[0]
            if connessione.vendor == "postgresql":
                cursore.execute(f"DROP TRIGGER IF EXISTS {nome} ON {tabella}")
                cursore.execute(f"DROP FUNCTION IF EXISTS {nome}()")
            else:
                cursore.execute(f"DROP TRIGGER IF EXISTS {nome}")


@contextmanager
def senza(connessione: Any) -> Iterator[None]:
    """Without seals inside the block; back on at its end, whatever happens."""
    togli(connessione)
    try:
        yield
    finally:
        posa(connessione)


def mancanti(connessione: Any) -> list[str]:
    """The names of the seals that are not on the database, are switched off, or do not say what they should."""
    with connessione.cursor() as cursore:
        presenti = _presenti(connessione, cursore)
    attesi = {nome: _testo(connessione, comandi) for nome, comandi in _comandi(connessione).items()}
    return sorted(nome for nome, testo in attesi.items() if presenti.get(nome) != testo)


def _comandi(connessione: Any) -> dict[str, list[str]]:
    """The commands that make each seal, by its name."""
    comandi = {}
    for tabella in TABELLE:
        with connessione.cursor() as cursore:
            colonne = [c.name for c in connessione.introspection.get_table_description(cursore, tabella.nome)]
        for verbo in _VERBI:
            nome = f"{PREFISSO}{tabella.nome}_{verbo.lower()}"
            if connessione.vendor == "postgresql":
                comandi[nome] = _postgresql(nome, tabella, verbo, colonne)
            else:
                comandi[nome] = [_sqlite(nome, tabella, verbo, colonne)]
        if connessione.vendor == "postgresql":
            nome = f"{PREFISSO}{tabella.nome}_truncate"
            comandi[nome] = [_funzione(nome, "", CI_SONO, "NULL"), _attacca(nome, tabella, "TRUNCATE", "STATEMENT")]
    return comandi


def _sqlite(nome: str, tabella: Tabella, verbo: str, colonne: list[str]) -> str:
    quando = condizione(tabella, verbo, colonne, "IS NOT")
    return (
        f"CREATE TRIGGER {nome} BEFORE {verbo} ON {tabella.nome} FOR EACH ROW WHEN {quando} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGGIO}'); END"
    )


def _postgresql(nome: str, tabella: Tabella, verbo: str, colonne: list[str]) -> list[str]:
    quando = condizione(tabella, verbo, colonne, "IS DISTINCT FROM")
    tieni = ""
    if tabella.verbali and not tabella.storia:
        # Held first: an approval that is under way is waited for, and one that comes later finds this row.
        righe = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}[verbo]
        tieni = "".join(f"PERFORM 1 FROM ({tabella.verbali.format(r=riga)} FOR SHARE OF v) t; " for riga in righe)
    return [
        _funzione(nome, tieni, quando, "OLD" if verbo == "DELETE" else "NEW"),
        _attacca(nome, tabella, verbo, "ROW"),
    ]


def _funzione(nome: str, tieni: str, quando: str, rende: str) -> str:
    corpo = (
        f"BEGIN {tieni}IF {quando} THEN RAISE EXCEPTION USING MESSAGE = '{MESSAGGIO}', "
        f"ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {rende}; END"
    )
    return f"CREATE OR REPLACE FUNCTION {nome}() RETURNS trigger LANGUAGE plpgsql AS $fermo${corpo}$fermo$"


def _attacca(nome: str, tabella: Tabella, verbo: str, per: str) -> str:
    return f"CREATE TRIGGER {nome} BEFORE {verbo} ON {tabella.nome} FOR EACH {per} EXECUTE FUNCTION {nome}()"


def _presenti(connessione: Any, cursore: Any) -> dict[str, str]:
    """What each seal on the database says, by its name; empty if it is switched off."""
    if connessione.vendor == "postgresql":
        cursore.execute(
            "SELECT t.tgname, CASE WHEN t.tgenabled = 'O' THEN f.prosrc ELSE '' END FROM pg_trigger t"
            " JOIN pg_proc f ON f.oid = t.tgfoid JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE starts_with(t.tgname, %s) AND n.nspname = ANY (current_schemas(false))",
            [PREFISSO],
        )
    else:
        cursore.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, 6) = %s", [PREFISSO]
        )
    return dict(cursore.fetchall())


def _testo(connessione: Any, comandi: list[str]) -> str:
    """What the database keeps of a seal: on PostgreSQL the body of its function, on SQLite the whole command."""
    return comandi[0].split("$fermo$")[1] if connessione.vendor == "postgresql" else comandi[0]
