"""When a meeting, its agenda and its attendance may still change."""

from django.db.models import QuerySet

from incontri.models import Incontro, StatoVerbale, Verbale

_PER_SEMPRE = "Quello che è stato approvato non si cambia più: per correggerlo c'è la rettifica."

# Why a meeting stands still, by the state of its minutes.
PERCHE_FERMO = {
    StatoVerbale.CONDIVISO: (
        "Il verbale è condiviso e gli enti lo stanno leggendo. Per cambiare qualcosa, prima riportalo in bozza."
    ),
    StatoVerbale.APPROVATO: f"Il verbale è approvato. {_PER_SEMPRE}",
    StatoVerbale.PUBBLICATO: f"Il verbale è approvato e pubblicato. {_PER_SEMPRE}",
}


class NonModificabile(Exception):
    """The meeting (or its minutes) stands still; the message tells the person why and what to do."""


def apri_per_modifica(incontro: Incontro) -> Incontro:
    """The meeting as it is saved now, held until the end of the transaction; raises NonModificabile if it stands still.

    Who saves on the same meeting at the same time waits (PostgreSQL) or is already waiting (SQLite, one writer). Its
    minutes are held too, after it, so that nobody shares them over what is being saved: passages hold the minutes alone.
    """
    adesso = Incontro.objects.select_for_update().get(pk=incontro.pk)
    _controlla(adesso, Verbale.objects.select_for_update())
    return adesso


def modificabile(incontro: Incontro) -> bool:
    """Whether the meeting, its agenda and its attendance may change now."""
    try:
        controlla_modificabile(incontro)
    except NonModificabile:
        return False
    return True


def controlla_modificabile(incontro: Incontro) -> None:
    """Raise NonModificabile for a cancelled meeting and for one whose minutes the enti are reading or have approved."""
    _controlla(incontro, Verbale.objects.all())


def _controlla(incontro: Incontro, verbali: QuerySet) -> None:
    if incontro.annullato:
        raise NonModificabile("L'incontro è annullato. Per cambiarlo, prima riportalo a pianificato.")
    stato = verbali.filter(incontro=incontro.pk).values_list("stato", flat=True).order_by().first()
    if stato in PERCHE_FERMO:
        raise NonModificabile(PERCHE_FERMO[StatoVerbale(stato)])
