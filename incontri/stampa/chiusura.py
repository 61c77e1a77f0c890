"""What follows the points of the minutes: commitments, attachments, observations, approval, corrections."""

from collections.abc import Iterable, Sequence
from typing import Any

from incontri.stampa import parole
from incontri.stampa.foglio import Blocco, elenco, firme, paragrafo, tabella, testo, titolo
from tavolo.base.italiano import elidi
from tavolo.base.testo import piano

Rettifiche = Sequence[dict[str, Any]]


def impegni(punti: Sequence[dict[str, Any]]) -> Iterable[Blocco]:
    """What was taken on at the meeting, all together."""
    righe = [
        [
            str(punto["numero"]),
            piano(voce["testo"]),
            ", ".join(filter(None, (voce["impegno"].get("ente"), voce["impegno"].get("persona")))),
            parole.giorno(voce["impegno"].get("scadenza")) or "senza scadenza",
        ]
        for punto in punti
        for voce in punto["voci"]
        if voce.get("impegno")
    ]
    if righe:
        yield titolo("Impegni presi")
        yield tabella("Chi fa che cosa", [("N.", 0.6), ("Impegno", 5), ("Chi", 3), ("Entro il", 2)], righe)


STATI_IMPEGNO = {"aperto": "Aperto", "in-corso": "In corso", "fatto": "Fatto", "superato": "Superato"}


def impegni_rivisti(impegni: Sequence[dict[str, Any]]) -> Iterable[Blocco]:
    """What the meeting said of earlier commitments, and those it took without an entry."""
    righe = [
        [
            "\n".join(filter(None, (piano(i["testo"]), i["preso_in"] and f"Preso in: {i['preso_in']}"))),
            ", ".join(filter(None, (i["ente"], i["persona"]))),
            _a_che_punto(i),
            i["nota"],
        ]
        for i in impegni
        if not i["nuovo"] or not i["voce"]
    ]
    if righe:
        yield titolo("Impegni rivisti")
        colonne = [("Impegno", 4), ("Chi", 2), ("A che punto è", 2.5), ("Nota", 3)]
        yield tabella("Che cosa se n'è detto", colonne, righe)


def _a_che_punto(impegno: dict[str, Any]) -> str:
    entro = parole.giorno(impegno["scadenza"])
    prima = parole.giorno(impegno["scadenza_prima"])
    righe = ["Nuovo" if impegno["nuovo"] else STATI_IMPEGNO[impegno["stato"]]]
    if entro:
        righe.append(f"entro il {entro}")
    if prima and prima != entro:
        righe.append(f"(era il {prima})")
    return elidi("\n".join(righe))


def allegati(allegati: Sequence[dict[str, Any]]) -> Iterable[Blocco]:
    """The files that go with the minutes."""
    if allegati:
        yield titolo("Allegati")
        yield elenco([_allegato(allegato) for allegato in allegati], numerato=True)


def _allegato(allegato: dict[str, Any]) -> str:
    chiamato = allegato.get("titolo") or allegato["nome_file"]
    return (
        f"{chiamato} ({allegato['nome_file']}, {parole.peso(allegato['dimensione'])})\nSHA-256: {allegato['impronta']}"
    )


def osservazioni(osservazioni: Sequence[dict[str, Any]]) -> Iterable[Blocco]:
    """What the enti observed while the minutes were shared, and what came of it."""
    if osservazioni:
        yield titolo("Osservazioni degli enti")
        righe = [
            [
                o.get("ente") or "",
                f"Punto {o['punto']}" if o.get("punto") else "Tutto il verbale",
                o["testo"],
                "\n".join(filter(None, (str(o["stato"]).capitalize(), o.get("motivo")))),
            ]
            for o in osservazioni
        ]
        yield tabella(
            "Che cosa hanno scritto e com'è finita",
            [("Ente", 2), ("Punto", 2), ("Osservazione", 4), ("Esito", 3)],
            righe,
        )


def approvazione(dati: dict[str, Any]) -> Iterable[Blocco]:
    """How and when the minutes were approved, and where one signs."""
    approvazione = dati.get("approvazione")
    yield titolo("Approvazione")
    if approvazione is None:
        yield paragrafo("Questo verbale non è ancora approvato.")
    else:
        yield paragrafo(_formula(approvazione))
    firmano = [
        ("Chi coordina l'incontro", dati["incontro"].get("presiede")),
        ("Chi verbalizza", dati.get("verbalizzante")),
    ]
    # The public version names nobody, so nobody signs it.
    if approvazione is None or any(nome for _, nome in firmano):
        yield firme([(ruolo, nome or "") for ruolo, nome in firmano])


def _formula(approvazione: dict[str, Any]) -> str:
    il = parole.giorno(approvazione["il"])
    if approvazione.get("seduta_stante"):
        return parole.italiano(f"Letto e approvato seduta stante il {il}.")
    # The moment is that of the record: the meeting carries its own day.
    dove = f"Letto e approvato dal Tavolo nell'incontro «{approvazione['incontro']}»."
    return parole.italiano(f"{dove} Approvazione registrata il {il}.")


def rettifiche(rettifiche: Rettifiche) -> Iterable[Blocco]:
    """The corrections approved later, after the text, which stays as it was."""
    if not rettifiche:
        return
    yield titolo("Rettifiche")
    yield paragrafo("Il testo approvato qui sopra resta com'era. Queste correzioni lo seguono.")
    for rettifica in rettifiche:
        quando = " il " + parole.giorno(rettifica["il"]) if rettifica.get("il") else ""
        dove = f", approvata nell'incontro «{rettifica['incontro']}»" if rettifica.get("incontro") else ", approvata"
        yield titolo(parole.italiano(f"Rettifica n. {rettifica['numero']}{dove}{quando}"), 3)
        yield from testo(rettifica["testo"])
        if rettifica.get("motivo"):
            yield paragrafo(rettifica["motivo"], "Motivo")
