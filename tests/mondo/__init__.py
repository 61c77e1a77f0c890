"""A small world with one of everything, and every address of the portal with arguments that lead into it."""

from referenti.models import Seggio
from tests.mondo import adesioni, bisogni, incontri, newsletter, prassi, proposte, referenti, restituzioni, risorse
from tests.mondo.indirizzi import DOMANDE, Mondo, modelli_amministrati, nomi_degli_indirizzi

__all__ = ["DOMANDE", "Mondo", "crea_mondo", "modelli_amministrati", "nomi_degli_indirizzi"]


def crea_mondo(*, comune, ente, referente) -> Mondo:
    """One row of each model, around the people of the cast; the minutes are a draft that `referente` takes."""
    del_tavolo, argomenti_del_tavolo = referenti.crea(comune=comune, ente=ente, referente=referente)
    dei_servizi, argomenti_dei_servizi = risorse.crea(comune=comune, ente=ente, referente=referente)
    seggio = next(riga for riga in del_tavolo if isinstance(riga, Seggio))
    degli_incontri, argomenti_degli_incontri, domande, altre = incontri.crea(
        ente=ente, referente=referente, seggio=seggio
    )
    righe = del_tavolo + dei_servizi + degli_incontri
    argomenti = argomenti_del_tavolo | argomenti_dei_servizi | argomenti_degli_incontri
    for altre_righe, altri_argomenti in (
        bisogni.crea(comune=comune, ente=ente, referente=referente),
        proposte.crea(comune=comune, ente=ente, referente=referente),
        prassi.crea(comune=comune, ente=ente),
        adesioni.crea(comune=comune, referente=referente),
        restituzioni.crea(ente=ente, referente=referente),
        newsletter.crea(),
    ):
        righe += altre_righe
        argomenti |= altri_argomenti
    return Mondo(argomenti, righe, domande, altre)
