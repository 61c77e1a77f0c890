"""P10, `python -m benchmarks.verbale [seats]`: the PDF of minutes, first render, against WeasyPrint on the same content.

Minutes of a long meeting (40 seats, 12 points with text, decisions and commitments), each render in a process of its own:
what counts is the time from importing the library to the bytes, as who downloads first after a start feels it. Both make a
tagged PDF/UA-1; ours PDF/A-2a too. Then ours is looked into: tagged, and each table one table over its pages.
"""

import json
import re
import statistics
import subprocess
import sys
import time
from typing import Any

from benchmarks.misure import esito

MODULO, SEGGI, PUNTI, VOLTE = "benchmarks.verbale", 40, 12, 5
FRASE = "Si discute di come raccontare i servizi a chi arriva, con **chiarezza** e senza dare niente per scontato. "


def dati(seggi: int) -> dict[str, Any]:
    """Minutes of a long meeting, as plain data."""
    presenza = {"esito": "in-sede", "delegato": "", "entrata": "09:40", "uscita": None, "nota": "", "ospite": False}
    impegno = {"ente": "Comune di esempio", "persona": "", "scadenza": "2026-12-11"}
    voce = {"uuid": "", "esito": "", "pubblica": True, "impegno": None, "istanza": None}
    punto = {"uuid": "", "descrizione": "", "tipo": "ordinario", "pubblico": True, "verbale_da_approvare": ""}
    voci = [
        voce | {"tipo": "discussione", "testo": "\n\n".join((FRASE * 6, "- primo\n- secondo\n- terzo", FRASE * 4))},
        voce | {"tipo": "decisione", "testo": FRASE, "esito": "unanimita"},
        voce | {"tipo": "impegno", "testo": FRASE, "impegno": impegno},
    ]
    return {
        "formato": 1,
        "verbale": "",
        "incontro": {
            "titolo": "Incontro di esempio",
            "inizio": "2026-10-08T09:30:00+02:00",
            "fine": "2026-10-08T12:00:00+02:00",
            "modalita": "in-sede",
            "luogo": "Sala di esempio",
            "presiede": "Nome Cognome",
            "convocato_il": "2026-09-20T10:00:00+02:00",
            "quorum": 6,
        },
        "aperto": "09:40",
        "chiuso": "12:05",
        "verbalizzante": "Nome Cognome",
        "presenze": [
            presenza | {"seggio": f"Seggio {n}", "ente": f"Ente {n % 12}", "nome": f"Nome Cognome {n}"}
            for n in range(seggi)
        ],
        "punti": [punto | {"numero": n, "titolo": f"Punto {n}", "voci": voci} for n in range(1, PUNTI + 1)],
        "allegati": [],
        "osservazioni": [],
        "approvazione": {"il": "2026-11-11T10:00:00+01:00", "incontro": "Incontro dopo", "seduta_stante": False},
        "riferimenti": {},
    }


def misura(chi: str, seggi: int) -> dict[str, float]:
    """In this fresh process: milliseconds from the import of the library to the bytes, and what is in them."""
    import os

    os.environ.update(DJANGO_SETTINGS_MODULE="tavolo.settings", SECRET_KEY="solo-per-misurare", DEBUG="1")  # noqa: S106
    import django

    django.setup()
    detti = dati(seggi)
    if chi == "nostro":
        inizio = time.perf_counter()
        from incontri.stampa import verbale

        documento = verbale.pdf(detti)
    else:
        from incontri.stampa import verbale

        pagina = verbale.html(detti)
        inizio = time.perf_counter()
        from weasyprint import HTML

        documento = HTML(string=pagina).write_pdf(pdf_variant="pdf/ua-1", uncompressed_pdf=True)
    passati = (time.perf_counter() - inizio) * 1000
    return {
        "ms": passati,
        "byte": len(documento),
        "pagine": len(re.findall(rb"/Type\s*/Page\b", documento)),
        "tabelle": len(re.findall(rb"/S\s*/Table\b", documento)),
        "marcato": int(b"/StructTreeRoot" in documento and b"<pdfuaid:part>1" in documento),
    }


def in_un_processo(chi: str, seggi: int) -> dict[str, float]:
    """`misura` in a process of its own."""
    comando = [sys.executable, "-m", MODULO, "--interno", chi, str(seggi)]
    uscita = subprocess.run(comando, check=True, capture_output=True, text=True).stdout
    return json.loads(uscita.splitlines()[-1])


def main() -> int:
    """The ratio beside its target, and what the PDF is; 1 if something was missed."""
    if "--interno" in sys.argv:
        print(json.dumps(misura(sys.argv[-2], int(sys.argv[-1]))))
        return 0
    seggi = int(sys.argv[1]) if len(sys.argv) > 1 else SEGGI
    # One after the other, so that a busy moment weighs on both.
    coppie = [(in_un_processo("nostro", seggi), in_un_processo("weasyprint", seggi)) for _ in range(VOLTE)]
    nostro, loro = (statistics.median(misurato["ms"] for misurato in lato) for lato in zip(*coppie, strict=True))
    fatto, altro = coppie[0]
    print(f"     {seggi} seats, {fatto['pagine']} pages: {nostro:.0f} ms, {fatto['byte'] // 1000} kB")
    print(f"     WeasyPrint, {altro['pagine']} pages: {loro:.0f} ms, {altro['tabelle']} tables")
    # The attendance and the commitments, whatever pages they take.
    buoni = [
        esito("P10", "first render over WeasyPrint", nostro / loro, 0.25, almeno=False),
        esito("P10", "tagged PDF/UA-1 (1 is yes)", fatto["marcato"], 1, almeno=True, unita=""),
        esito("P10", "tables in the structure", fatto["tabelle"], 2, almeno=False, unita=""),
    ]
    return int(not all(buoni))


if __name__ == "__main__":
    sys.exit(main())
