"""The commitment an entry of a draft tells of."""

from typing import Any

from incontri.models import Impegno, Voce


def aggiorna_da_voce(voce: Voce, *, ente: Any, persona: Any, scadenza: Any, autore: Any) -> None:
    """Create or update the commitment of the entry."""
    if ente is None:
        return
    impegno: Any = Impegno.objects.filter(voce=voce).first() or Impegno(
        voce=voce, incontro=voce.punto.incontro, autore=autore
    )
    impegno.testo, impegno.ente, impegno.persona, impegno.scadenza = voce.testo, ente, persona, scadenza
    impegno._history_user = autore
    impegno.save()


def togli_di_voce(voce: Voce, *, autore: Any) -> None:
    """Undo the commitment of the entry."""
    impegno: Any
    for impegno in Impegno.objects.filter(voce=voce):
        impegno._history_user = autore
        impegno.delete()
