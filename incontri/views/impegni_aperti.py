"""The open commitments in the pages of a meeting: asked when the page is drawn, never copied."""

from django.db.models import F, Prefetch

from incontri.models import Impegno, RevisioneImpegno, TipoPunto
from incontri.servizi.impegni import da_rivedere


def impegni_della_pagina(incontro, punti, utente):
    """For the context of a page that shows the agenda: see `includes/impegni_aperti.html`; empty if no point asks for them."""
    if all(punto.tipo != TipoPunto.IMPEGNI for punto in punti):
        return {}
    verbale = getattr(incontro, "verbale", None)
    scrive = verbale is not None and verbale.si_scrive and utente.has_perm("incontri.change_verbale", verbale)
    return {
        "impegni_aperti": impegni_aperti(incontro, utente),
        "impegni_dal_vivo": _dal_vivo(incontro),
        "rivede_impegni": scrive,
    }


def impegni_aperti(incontro, utente):
    """The commitments the meeting looks at that this person may read, ente by ente, each with what the meeting said.

    Once the minutes are no longer a draft only what the meeting has reviewed is left: what is open later is not its
    business. Two queries.
    """
    if _dal_vivo(incontro):
        return _con_detta(da_rivedere(incontro), incontro, utente)
    rivisti = RevisioneImpegno.objects.filter(incontro=incontro).values("impegno")
    return _con_detta(Impegno.objects.filter(pk__in=rivisti), incontro, utente)


def _dal_vivo(incontro):
    verbale = getattr(incontro, "verbale", None)
    return verbale is None or verbale.si_scrive


def impegni_chiesti(incontro, utente, chiavi):
    """Those of a request, by key, whatever became of them meanwhile; not those the meeting takes itself."""
    return _con_detta(Impegno.objects.filter(pk__in=chiavi).exclude(incontro=incontro.pk), incontro, utente)


def _con_detta(impegni, incontro, utente):
    """Each with `detta`, the revision made at this meeting, and `nota_qui`, its note."""
    qui = Prefetch("revisioni", RevisioneImpegno.objects.filter(incontro=incontro), to_attr="qui")
    righe = impegni.visibili_a(utente).con_eta().select_related("ente", "persona").prefetch_related(qui)
    ordine = ("ente__ordine", "ente__denominazione", F("scadenza").asc(nulls_last=True), "creato", "pk")
    righe = list(righe.order_by(*ordine))
    for riga in righe:
        riga.detta = riga.qui[0] if riga.qui else None
        riga.nota_qui = riga.detta.nota if riga.detta else ""
    return righe
