"""What the points of the minutes show beside their entries: asked of the data when the page is drawn, never copied."""

from typing import Any

from django.db.models import Prefetch

from incontri.models import BuonaPrassi, Istanza, OrigineBisogno, StatoVerbale, TipoPunto, Verbale, Voce
from incontri.servizi.catena.legami import con_proposte


def punti_da_leggere(verbale: Verbale, utente: Any) -> list[Any]:
    """The points of the agenda with their entries, each with what they tell of, and `in_esame` (see `in_esame`)."""
    voci = Voce.objects.select_related("impegno__ente", "impegno__persona", "istanza__destinatario")
    nati = OrigineBisogno.objects.filter(bisogno__unito_a__isnull=True).select_related("bisogno")
    prassi = BuonaPrassi.objects.visibili_a(utente)
    voci = voci.prefetch_related(Prefetch("origini_bisogni", nati), Prefetch("buone_prassi", prassi))
    punti = verbale.incontro.punti.select_related("verbale_da_approvare__incontro").prefetch_related(
        Prefetch("voci", con_proposte(voci))
    )
    return in_esame(verbale, list(punti), utente)


def in_esame(verbale: Verbale, punti: list[Any], utente: Any) -> list[Any]:
    """Hang on each point the rows it is about: `istanze_da_discutere`. Commitments: `impegni_aperti.impegni_della_pagina`.

    Only while the minutes can still change: approved ones say what was so that day. `istanze_discusse` are those this
    meeting has discussed; `si_approva`, whether this person may record that the meeting approved the minutes the
    point names.
    """
    tipi = set() if verbale.fermo else {punto.tipo for punto in punti}
    istanze = list(_istanze().da_discutere()) if TipoPunto.ISTANZE in tipi else []
    ne_ha = any(punto.tipo == TipoPunto.ISTANZE for punto in punti)
    discusse = list(_istanze().discusse_in(verbale.incontro_id)) if ne_ha else []
    for punto in punti:
        punto.dal_vivo = not verbale.fermo
        punto.si_approva = _si_approva(punto.verbale_da_approvare, utente)
        punto.istanze_da_discutere = istanze if punto.tipo == TipoPunto.ISTANZE else []
        punto.istanze_discusse = discusse if punto.tipo == TipoPunto.ISTANZE else []
    return punti


def _si_approva(verbale: Verbale | None, utente: Any) -> bool:
    condiviso = verbale is not None and verbale.stato == StatoVerbale.CONDIVISO
    return condiviso and utente.has_perm("incontri.approva_verbale", verbale)


def _istanze() -> Any:
    return Istanza.objects.select_related("destinatario", "mittente")
