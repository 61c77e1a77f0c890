"""What shows a need, and how far it can be relied on."""

from datetime import date

from django.utils import timezone

from incontri.models import Bisogno, TipoEvidenza
from incontri.priorita.affidabilita import Giudizio, Prova, affidabilita


def giudizio_di(bisogno: Bisogno, oggi: date | None = None) -> Giudizio:
    """How reliable the evidence of the need is today, and why; reads `evidenze`, so prefetch them for a list.

    The rule: docs/metodo.md, "Affidabilità".
    """
    prove = [Prova(e.fonte, e.riferimento, e.tipo == TipoEvidenza.OPINIONE) for e in bisogno.evidenze.all()]
    return affidabilita(prove, oggi or timezone.localdate())
