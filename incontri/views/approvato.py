"""What the page of approved minutes says of their approval and of their corrections."""

from incontri.models import Originale, Rettifica


def riquadro_approvato(verbale, utente):
    """What the page of the minutes says of their approval and corrections, by name; nothing while they are not approved."""
    if not verbale.fermo:
        return {}
    rettifiche = Rettifica.objects.filter(verbale=verbale).select_related("approvata_in", "autore")
    return {
        "originale": Originale.objects.filter(verbale=verbale).defer("contenuto", "html", "pdf").first(),
        "rettifiche": [r for r in rettifiche.order_by("numero", "creato") if r.numero],
        "rettifiche_proposte": [r for r in rettifiche.order_by("creato") if r.stato == "proposta"],
        "puo_rettificare": utente.has_perm("incontri.proponi_rettifica", verbale),
        "puo_decidere_rettifiche": utente.has_perm("incontri.approva_rettifica"),
    }
