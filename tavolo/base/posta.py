"""What every sender of mails needs to know: what can go wrong, and how a subject is written."""

# smtplib's own errors are OSError; ValueError is a malformed header.
NON_PARTITA = (OSError, ValueError)


def perche(errore: Exception) -> str:
    """Why a mail did not leave, for the person: never empty."""
    return str(errore) or type(errore).__name__


def oggetto(testo: str) -> str:
    """The subject of a mail of the portal, in one line: a header never takes two."""
    return " ".join(f"Tavolo Intercultura: {testo}".split())
