"""Freezing minutes: the original that their approval leaves behind."""

from hashlib import sha256
from typing import Any

from incontri.models import Originale, Verbale
from incontri.servizi.contenuto import canonico, contenuto
from incontri.stampa import verbale as documento
from tavolo.base.stati import PassaggioNonPossibile


def impronta(dati: str | bytes) -> str:
    """The SHA-256 of the bytes (of a text, in UTF-8), in hexadecimal."""
    return sha256(dati.encode() if isinstance(dati, str) else dati).hexdigest()


def congela(verbale: Verbale, *, autore: Any) -> Originale:
    """Keep the approved minutes to the byte: canonical JSON, document for the screen and for paper, SHA-256 of each.

    To be called in the transaction of the approval, that holds the minutes. Raises PassaggioNonPossibile, and the
    approval is undone with it, if a document cannot be made.
    """
    dati = contenuto(verbale)
    testo = canonico(dati)
    try:
        schermo, carta = documento.html(dati), documento.pdf(dati)
    except Exception as errore:
        raise PassaggioNonPossibile(
            "Non è stato possibile preparare il documento da conservare, perciò il verbale non è stato approvato: "
            "niente è cambiato. Riprova; se succede di nuovo, avvisa chi gestisce il portale."
        ) from errore
    return Originale.objects.create(
        verbale=verbale,
        contenuto=testo,
        html=schermo,
        pdf=carta,
        impronta_contenuto=impronta(testo),
        impronta_html=impronta(schermo),
        impronta_pdf=impronta(carta),
        autore=autore,
    )
