"""Who the portal writes to: active people, and of the demo's only in the demo."""

from collections.abc import Iterable
from uuid import UUID

from referenti.models import Ente, Utente


def persone_per_ente() -> dict[UUID, list[str]]:
    """The addresses of who sits at the Tavolo for an ente, by its key, in order. One query."""
    persone: dict[UUID, list[str]] = {}
    del_tavolo = Utente.objects.del_tavolo().raggiungibili().filter(ente__isnull=False)
    for ente, email in del_tavolo.order_by("email").values_list("ente", "email").distinct():
        persone.setdefault(ente, []).append(email)
    return persone


def coordinamento() -> list[str]:
    """The addresses of who coordinates."""
    return list(Utente.objects.che_coordinano().raggiungibili().order_by("email").values_list("email", flat=True))


def chi_siede(enti: Iterable[Ente]) -> dict[UUID, list[str]]:
    """The addresses of who votes and comments for each of the enti, by its key: its own people, for nobody else may. One query."""
    indirizzi: dict[UUID, list[str]] = {ente.pk: [] for ente in enti}
    persone = Utente.objects.che_siedono().raggiungibili().filter(ente__in=indirizzi)
    for ente, email in persone.order_by("email").values_list("ente", "email"):
        indirizzi[ente].append(email)
    return indirizzi


def referenti_di(ente: Ente) -> list[Utente]:
    """Who speaks for an ente or unit: its own people, else those of the ente it is part of."""
    for chi in (ente.pk, ente.padre_id):
        persone = Utente.objects.del_tavolo().raggiungibili().filter(ente=chi)
        if chi and (trovate := list(persone.order_by("cognome", "nome", "uuid"))):
            return trovate
    return []
