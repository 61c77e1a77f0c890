"""The chain walked back: what a commitment or a decision answers to."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from incontri.models import Bisogno, Impegno, Proposta, Voce


def risponde_a(impegno: Impegno, utente: Any) -> dict[str, Any] | None:
    """The proposal a commitment was taken for, and the needs it answers; None for a commitment of its own."""
    if impegno.proposta_id is None:
        return None
    proposta = Proposta.objects.visibili_a(utente).filter(pk=impegno.proposta_id).first()
    if proposta is None:
        return None
    return {
        "proposta": proposta,
        "bisogni": list(proposta.bisogni.all().order_by("titolo")),
    }


def con_proposte(voci: QuerySet[Voce]) -> QuerySet[Voce]:
    """The entries with what they gave: proposals born there or approved, each with its needs, and rounds they decide on."""
    bisogni = Prefetch("bisogni", Bisogno.objects.order_by("titolo"))
    proposte = Proposta.objects.prefetch_related(bisogni)
    return voci.prefetch_related(
        Prefetch("proposte_nate", proposte), Prefetch("proposte_approvate", proposte), "rilevazioni"
    )
