"""Commitments: taken, told by an entry of the minutes, reviewed. The one writer of their state and deadline."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from incontri.models import Impegno, Incontro, Proposta, RevisioneImpegno, StatoImpegno, Verbale, Voce
from incontri.servizi.modifiche import NonModificabile, apri_per_modifica
from tavolo.base.concorrenza import Riga, VersioneSuperata, rivendica, timbro
from tavolo.base.stati import compi


def registra_impegno(
    *,
    testo: str,
    ente: Any,
    persona: Any = None,
    scadenza: date | None = None,
    incontro: Incontro | None = None,
    voce: Voce | None = None,
    proposta: Proposta | None = None,
    autore: Any,
) -> Impegno:
    """A new open commitment of `ente`; of `voce` where the minutes tell of it, with its meeting; for `proposta` if any."""
    if voce is not None:
        incontro = voce.punto.incontro
    impegno: Any = Impegno(
        testo=testo,
        ente=ente,
        persona=persona,
        scadenza=scadenza,
        incontro=incontro,
        voce=voce,
        proposta=proposta,
        autore=autore,
    )
    impegno._history_user = autore
    impegno.save()
    return impegno


def aggiorna_da_voce(voce: Voce, *, ente: Any, persona: Any, scadenza: date | None, autore: Any) -> None:
    """Create or update the commitment the entry tells of; without an ente nothing is written.

    Once the commitment was reviewed its deadline moves by a further revision. Called while the minutes are a draft.
    """
    if ente is None:
        return
    with transaction.atomic():
        impegno: Any = Impegno.objects.select_for_update().filter(voce=voce).first()
        if impegno is None:
            registra_impegno(testo=voce.testo, ente=ente, persona=persona, scadenza=scadenza, voce=voce, autore=autore)
            return
        rivisto = impegno.revisioni.exists()
        impegno.testo, impegno.ente, impegno.persona = voce.testo, ente, persona
        if not rivisto:
            impegno.scadenza = scadenza
        impegno._history_user = autore
        impegno.save()
        if rivisto and scadenza != impegno.scadenza:
            rivedi_impegno(impegno, stato=impegno.stato, scadenza=scadenza, nota="", autore=autore)


def togli_di_voce(voce: Voce, *, autore: Any) -> None:
    """Undo the commitment of the entry; one that was reviewed already stays, without the entry."""
    impegno: Any
    for impegno in Impegno.objects.filter(voce=voce):
        impegno._history_user = autore
        if impegno.revisioni.exists():
            impegno.voce = None
            impegno.save()
        else:
            impegno.delete()
    # What the entry remembers of it would still be there.
    voce._state.fields_cache.pop("impegno", None)


def rilega_a_voce(impegno: Any, voce: Voce, *, autore: Any) -> None:
    """Hang on the entry again a reviewed commitment that `togli_di_voce` had left without it.

    Raises VersioneSuperata if somebody saved the commitment after `impegno` was loaded.
    """
    rivendica(impegno)
    impegno.voce, impegno.testo = voce, voce.testo
    impegno._history_user = autore
    impegno.save()


def rivedi_impegno(
    impegno: Impegno,
    *,
    stato: str,
    scadenza: date | None,
    nota: str,
    incontro: Incontro | None = None,
    autore: Any,
) -> RevisioneImpegno:
    """Move state and deadline together, with the revision that says so: at `incontro`, or between two meetings.

    A meeting has one revision of a commitment: saying more at the same one rewrites it, and the deadline before stays
    that of before the meeting. Raises VersioneSuperata, with nothing written, if somebody saved the commitment after
    `impegno` was loaded; NonModificabile if the minutes of `incontro` stand still or are not begun.
    """
    with transaction.atomic():
        if incontro is not None:
            incontro = apri_verbale(incontro)
        prima = impegno.scadenza
        rivendica(impegno)
        _muovi(impegno, StatoImpegno(stato), scadenza, autore)
        revisione: Any = (
            RevisioneImpegno.objects.filter(impegno=impegno, incontro=incontro).first() if incontro else None
        )
        if revisione is None:
            revisione = RevisioneImpegno(impegno=impegno, incontro=incontro, scadenza_prima=prima, autore=autore)
        revisione.stato, revisione.scadenza, revisione.nota = stato, scadenza, nota
        revisione._history_user = autore
        revisione.save()
    return revisione


def _muovi(impegno: Any, stato: str, scadenza: date | None, autore: Any) -> None:
    """State and deadline in one line of history; the state by the table of the passages."""
    if stato != impegno.stato:
        nome = next(p.nome for p in Impegno.PASSAGGI if p.a == stato)
        compi(impegno, nome, autore=autore, valori={"scadenza": scadenza})
        return
    impegno.scadenza = scadenza
    impegno._history_user = autore
    impegno.save()


def apri_verbale(incontro: Incontro) -> Incontro:
    """The meeting, held, whose minutes are being written; raises NonModificabile if they stand still or are not begun."""
    incontro = apri_per_modifica(incontro)
    if not Verbale.objects.filter(incontro=incontro).exists():
        raise NonModificabile("Il verbale di questo incontro non è ancora iniziato.")
    return incontro


def da_rivedere(incontro: Incontro) -> Any:
    """The commitments a meeting looks at: those still to be kept and those it has reviewed, not those it takes itself."""
    rivisti = RevisioneImpegno.objects.filter(incontro=incontro).values("impegno")
    altri = Impegno.objects.filter(Q(incontro__isnull=True) | ~Q(incontro=incontro.pk))
    return altri.filter(Q(pk__in=Impegno.objects.in_piedi().values("pk")) | Q(pk__in=rivisti))


def rivedi_nell_incontro(incontro: Incontro, righe: Sequence[Riga], *, autore: Any) -> int:
    """Review many commitments at one meeting, all or none; how many were written.

    Each row says state, deadline and note of one; what a row does not say stays as it is. Rows that say what is saved
    already are left alone. Raises VersioneSuperata, with nothing written, if somebody saved one of them after the person
    saw it and says something else; NonModificabile as `rivedi_impegno`.
    """
    superate: dict[Any, Any] = {}
    scritte = 0
    with transaction.atomic():
        incontro = apri_verbale(incontro)
        # In one order for everybody: of two at once the second waits for the first.
        tenuti = Impegno.objects.select_for_update().filter(pk__in=[r.pk for r in righe]).order_by("pk")
        impegni = {impegno.pk: impegno for impegno in tenuti}
        note = dict(RevisioneImpegno.objects.filter(incontro=incontro).values_list("impegno", "nota"))
        for riga in righe:
            impegno = impegni.get(riga.pk) if riga.pk else None
            if impegno is None:
                superate[riga.chiave] = None
                continue
            salvati = {"stato": impegno.stato, "scadenza": impegno.scadenza, "nota": note.get(impegno.pk, "")}
            detti = salvati | riga.valori
            if detti == salvati:
                continue
            if timbro(impegno) != riga.versione:
                superate[riga.chiave] = impegno
                continue
            rivedi_impegno(impegno, **detti, incontro=incontro, autore=autore)
            scritte += 1
        if superate:
            raise VersioneSuperata(superate)
    return scritte


def impegni_del_verbale(incontro: Incontro) -> list[dict[str, Any]]:
    """The commitments as the meeting left them, for its minutes: those it reviewed, then those it took.

    Keys: uuid, voce, testo, ente, persona, preso_in, nuovo, scadenza_prima, scadenza, stato, nota; days as `AAAA-MM-GG`,
    empty where there is none. Three queries.
    """
    revisioni = RevisioneImpegno.objects.filter(incontro=incontro).select_related(
        "impegno__ente", "impegno__persona", "impegno__incontro"
    )
    nuovi = Impegno.objects.filter(incontro=incontro).select_related("ente", "persona").prefetch_related("revisioni")
    rivisti = [
        _rivisto(r) for r in revisioni.order_by("impegno__ente__ordine", "impegno__ente__denominazione", "creato")
    ]
    return rivisti + [_preso(i) for i in nuovi.order_by("ente__ordine", "ente__denominazione", "creato", "pk")]


def _rivisto(revisione: Any) -> dict[str, Any]:
    impegno = revisione.impegno
    return _in_parole(impegno) | {
        "preso_in": impegno.incontro.titolo if impegno.incontro else "",
        "nuovo": False,
        "scadenza_prima": _iso(revisione.scadenza_prima),
        "scadenza": _iso(revisione.scadenza),
        "stato": str(revisione.stato),
        "nota": revisione.nota,
    }


def _preso(impegno: Any) -> dict[str, Any]:
    """As it was when it was taken, whatever was said of it later."""
    prima = min(impegno.revisioni.all(), key=lambda revisione: revisione.creato, default=None)
    return _in_parole(impegno) | {
        "preso_in": "",
        "nuovo": True,
        "scadenza_prima": "",
        "scadenza": _iso(prima.scadenza_prima if prima else impegno.scadenza),
        "stato": str(StatoImpegno.APERTO),
        "nota": "",
    }


def _in_parole(impegno: Any) -> dict[str, str]:
    persona = str(impegno.persona) if impegno.persona else ""
    chiavi = {"uuid": str(impegno.pk), "voce": str(impegno.voce_id or "")}
    return chiavi | {"testo": impegno.testo, "ente": str(impegno.ente), "persona": persona}


def _iso(giorno: date | None) -> str:
    return giorno.isoformat() if giorno else ""
