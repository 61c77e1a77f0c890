"""What the enti say of a document before it is published, the answers, and who has read it."""

from typing import Any

from django.db import transaction

from incontri.models import CommentoRestituzione, LetturaRestituzione, Restituzione, SezioneRestituzione
from tavolo.base.stati import PassaggioNonPossibile, compi


def commenta(sezione: SezioneRestituzione, *, testo: str, autore: Any) -> CommentoRestituzione:
    """Say something of a section for the own ente.

    Raises PassaggioNonPossibile if the document is not out for comments, or no longer.
    """
    with transaction.atomic():
        restituzione = Restituzione.objects.select_for_update().get(pk=sezione.restituzione_id)
        if not restituzione.si_commenta:
            raise PassaggioNonPossibile("Di questo documento adesso non si raccolgono commenti.")
        commento: Any = CommentoRestituzione(sezione=sezione, ente_id=autore.ente_id, testo=testo, autore=autore)
        commento._history_user = autore
        commento.save()
        segna_letto(restituzione, autore=autore)
    return commento


def rispondi(commento: CommentoRestituzione, *, risposta: str, autore: Any) -> None:
    """Say what came of a comment, which closes it; PassaggioNonPossibile if it is closed already."""
    compi(commento, "risolvi", autore=autore, valori={"risposta": risposta})


def segna_letto(restituzione: Restituzione, *, autore: Any) -> None:
    """Note that the person has read it, once."""
    LetturaRestituzione.objects.get_or_create(
        restituzione=restituzione, utente=autore, defaults={"ente_id": autore.ente_id}
    )
