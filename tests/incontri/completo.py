"""Minutes with everything the checklist asks, to take away from."""

from datetime import UTC, datetime, time, timedelta

from django.utils import timezone

from tests.factories import (
    ImpegnoFactory,
    IncontroFactory,
    PresenzaFactory,
    PuntoOdgFactory,
    VerbaleFactory,
    VoceFactory,
)

MOMENTO = datetime(2026, 5, 14, 8, 0, tzinfo=UTC)


def verbale_completo(chi, *, stato="bozza", inizio=MOMENTO, **altro):
    """Minutes taken by `chi`, who also chaired, of a meeting held in the spring, with two points and a decision."""
    incontro = IncontroFactory(
        stato="svolto", inizio=inizio, luogo="Villa Arconati", presiede=chi, convocato_il=inizio - timedelta(days=9)
    )
    if stato != "bozza":
        altro = {
            "condiviso_il": timezone.now(),
            "osservazioni_entro": timezone.localdate() + timedelta(days=10),
        } | altro
    campi = {"verbalizzante": chi, "stato": stato, "aperto": time(10, 5), "chiuso": time(12, 0)} | altro
    verbale = VerbaleFactory(incontro=incontro, **campi)
    PresenzaFactory(incontro=incontro)
    primo, secondo = (
        PuntoOdgFactory(incontro=incontro, titolo=t, ordine=n) for n, t in enumerate(("Mediazione", "Orari"), 1)
    )
    VoceFactory(punto=primo, testo="Si è parlato della mediazione.")
    VoceFactory(punto=secondo, tipo="decisione", testo="Lo sportello apre alle 9.", esito="unanimita", ordine=1)
    impegno = VoceFactory(punto=secondo, tipo="impegno", testo="Scriviamo gli orari.", ordine=2)
    ImpegnoFactory(voce=impegno, incontro=incontro)
    return verbale
