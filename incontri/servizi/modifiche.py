"""When a meeting, its agenda and its attendance may still change."""

from incontri.models import Incontro, StatoVerbale, Verbale


class NonModificabile(Exception):
    """The meeting (or its minutes) stands still; the message tells the person why and what to do."""


def apri_per_modifica(incontro: Incontro) -> Incontro:
    """The meeting as it is saved now, held until the end of the transaction; raises NonModificabile if it stands still.

    Who saves on the same meeting at the same time waits (PostgreSQL) or is already waiting (SQLite, one writer).
    """
    adesso = Incontro.objects.select_for_update().get(pk=incontro.pk)
    controlla_modificabile(adesso)
    return adesso


def modificabile(incontro: Incontro) -> bool:
    """Whether the meeting, its agenda and its attendance may change now."""
    try:
        controlla_modificabile(incontro)
    except NonModificabile:
        return False
    return True


def controlla_modificabile(incontro: Incontro) -> None:
    """Raise NonModificabile for a cancelled meeting and for one whose minutes the enti are reading."""
    if incontro.annullato:
        raise NonModificabile("L'incontro è annullato. Per cambiarlo, prima riportalo a pianificato.")
    if Verbale.objects.filter(incontro=incontro.pk, stato=StatoVerbale.CONDIVISO).exists():
        raise NonModificabile(
            "Il verbale è condiviso e gli enti lo stanno leggendo. Per cambiare qualcosa, prima riportalo in bozza."
        )
